/** What is read must be read alike in the newest KaTeX that a site may have. */

import { vi } from 'vitest';

vi.mock('katex', () => import('katex-newest'));

await import('./latex.test.ts');
