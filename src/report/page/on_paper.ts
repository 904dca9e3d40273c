/** As wide as the text on A4 and on US Letter within the margins that the page asks for, in pixels. */
const PAPER = 680;

/**
 * While the page is printed its charts are laid out for paper: drawn for a wide window, they would be shrunk with all that is written in
 * them.
 */
export function fitPaper(): void {
  const { style } = document.body;
  const layOut = (width: string) => {
    style.width = width;
    // Charts look how wide their places are.
    dispatchEvent(new Event("resize"));
  };
  addEventListener("beforeprint", () => layOut(`${Math.min(PAPER, document.body.clientWidth)}px`));
  addEventListener("afterprint", () => layOut(""));
}
