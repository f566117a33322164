/** What is done to the clean tree of a page: images go into it, so that it stays one file, and what scrolls can be reached. */

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

/** Lets what may be wider than the page be reached and scrolled by keys. */
export function makeReachable(root: Root): void {
  visit(root, 'element', (node) => {
    if (node.tagName === 'table' || node.tagName === 'pre') node.properties.tabIndex = 0;
  });
}
