/* Small windows that open from a button and close by Escape, by a click elsewhere, or by their button. */

/** @typedef {{button: HTMLElement, box: HTMLElement, open: () => void, close: (back?: boolean) => void, isOpen: () => boolean}} Popover */

/** @type {Set<Popover>} */
const popovers = new Set();

/** @param {HTMLElement} button @param {HTMLElement} box @param {() => void} [filled] called before it opens @returns {Popover} */
export function makePopover(button, box, filled) {
  const tell = () => button.setAttribute("aria-expanded", String(!box.hidden));
  /** @type {Popover} */
  const popover = {
    button,
    box,
    isOpen: () => !box.hidden,
    open() {
      for (const other of popovers) if (other !== popover) other.close();
      filled?.();
      box.hidden = false;
      placed(button, box);
      tell();
      const first = box.querySelector("input, button, select, a");
      if (first instanceof HTMLElement) first.focus({ preventScroll: true });
    },
    close(back = false) {
      if (box.hidden) return;
      box.hidden = true;
      tell();
      if (back) button.focus();
    },
  };
  button.setAttribute("aria-controls", box.id);
  button.addEventListener("click", () => (box.hidden ? popover.open() : popover.close()));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    popover.close(true);
  });
  popovers.add(popover);
  tell();
  return popover;
}

/** Put a box below its button, or above it where there is no room; on a phone the style sheet places it.
 * @param {HTMLElement} button @param {HTMLElement} box */
function placed(button, box) {
  const at = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8));
  box.style.setProperty("--left", `${left}px`);
  const below = innerHeight - at.bottom > at.top;
  box.style.setProperty("--top", below ? `${at.bottom + 6}px` : "auto");
  box.style.setProperty("--bottom", below ? "auto" : `${innerHeight - at.top + 6}px`);
  box.style.setProperty("--room", `${(below ? innerHeight - at.bottom : at.top) - 16}px`);
}

/** Close every popover that a press outside it ends. */
export function closeOutside() {
  document.addEventListener("pointerdown", (event) => {
    for (const { box, button, close } of popovers) {
      const inside = event.composedPath();
      if (!inside.includes(box) && !inside.includes(button)) close();
    }
  });
}

/** Close all. */
export function closeAll() {
  for (const popover of popovers) popover.close();
}
