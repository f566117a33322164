/** The images of a page: those beside the note go into the page, so that it stays one file. */

import type { Root } from 'hast';
import { visit } from 'unist-util-visit';

/** Puts each image that `image` knows into the tree; others stay as they are. Missing ones are reported. */
export function placeImages(
  root: Root,
  image: (path: string) => string | undefined,
  warn: (message: string) => void,
): void {
  visit(root, 'element', (node) => {
    const { src } = node.properties;
    if (node.tagName !== 'img' || typeof src !== 'string' || /^[a-z][a-z+.-]*:|^\/\//i.test(src)) return;
    const data = image(src);
    if (data === undefined) warn(`the image ${src.slice(0, 80)} is not beside the note`);
    else node.properties.src = data;
  });
}
