// The one entry: every page loads this module and nothing is inline.
import { startAutosave } from "./autosave.js";
import { startConfirm } from "./confirm.js";
import { startCopy } from "./copy.js";
import { startDialogs } from "./dialog.js";
import { startGuard } from "./guard.js";
import { startToggles } from "./toggle.js";

startToggles();
startDialogs();
startCopy();
startConfirm();
startAutosave();
startGuard();
document.querySelector("[data-error-summary]")?.focus();
