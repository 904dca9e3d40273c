// The note beside what is pointed at.

/** Shows a text beside the pointer, within the window. */
export function showTip({ clientX, clientY }: { clientX: number; clientY: number }, text: string): void {
  const tip = tipElement();
  tip.textContent = text;
  tip.hidden = false;
  const { offsetWidth, offsetHeight } = tip;
  const left = Math.min(clientX + 14, innerWidth - offsetWidth - 8);
  const top = clientY + 18 + offsetHeight > innerHeight ? clientY - offsetHeight - 10 : clientY + 18;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${Math.max(8, top)}px`;
}

/** Takes it away. */
export function hideTip(): void {
  tipElement().hidden = true;
}

function tipElement(): HTMLElement {
  const tip = document.getElementById("tip");
  if (tip === null) throw new Error("The page has no #tip");
  return tip;
}
