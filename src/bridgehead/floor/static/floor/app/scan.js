// Codes on cards and badges: the browser's own detector where it has one, else a decoder that came with the app.
import { canvasOf } from "./photos.js";
import decodeQR from "../../qr/decode.js";

const LOOK_EVERY = 200;

let detector;

async function ownDetector() {
  if (detector !== undefined) return detector;
  try {
    const formats = await globalThis.BarcodeDetector.getSupportedFormats();
    detector = formats.includes("qr_code") ? new globalThis.BarcodeDetector({ formats: ["qr_code"] }) : null;
  } catch {
    detector = null;
  }
  return detector;
}

// The text of a code in a picture, or null.
export async function codeIn(source) {
  const canvas = canvasOf(source, 1000);
  try {
    const found = await (await ownDetector())?.detect(canvas);
    if (found?.length) return found[0].rawValue;
  } catch {
    // Some phones offer a detector that fails when it is used.
  }
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  try {
    return decodeQR({ data, width, height });
  } catch {
    return null;
  }
}

export class Camera {
  constructor(video) {
    this.video = video;
  }

  static get possible() {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  // Looks until it sees a code or is stopped; null when stopped. Throws when the phone gives no camera.
  async look() {
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    this.video.srcObject = this.stream;
    await this.video.play();
    while (this.stream) {
      const text = this.video.videoWidth ? await codeIn(this.video) : null;
      if (text) {
        this.stop();
        return text;
      }
      await new Promise((next) => window.setTimeout(next, LOOK_EVERY));
    }
    return null;
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }
}
