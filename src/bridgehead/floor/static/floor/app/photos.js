// Photos are made smaller before they are kept: a phone's camera makes ten megabytes where half of one can be read.

const LONGEST = 1600;
const QUALITY = 0.82;

export async function bitmapOf(file) {
  return createImageBitmap(file, { imageOrientation: "from-image" });
}

export function canvasOf(source, longest = LONGEST) {
  const [width, height] = [source.videoWidth || source.width, source.videoHeight || source.height];
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

export async function small(canvas) {
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return blob.arrayBuffer();
}
