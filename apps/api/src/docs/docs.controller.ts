import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Problem } from '../problems/problem.js';
import type { ApiDescription } from './api-description.js';

/** Makes the description when it is asked for first. */
export class ApiDocument {
  #made: ApiDescription | undefined;

  constructor(private readonly make: () => ApiDescription) {}

  /** The description. */
  get(): ApiDescription {
    this.#made ??= this.make();
    return this.#made;
  }
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Personal-data ledger</title>
    <link rel="stylesheet" href="docs/swagger-ui.css" />
  </head>
  <body>
    <div id="ui"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;
const START = `SwaggerUIBundle({ url: 'docs-json', dom_id: '#ui' });\n`;

/** Files of the package that the page loads: nothing else of it can be asked for, and nothing from elsewhere. */
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";
const { resolve } = createRequire(import.meta.url);

/** The description of the service, for machines and for people. */
@ApiExcludeController()
@Controller()
export class DocsController {
  constructor(private readonly description: ApiDocument) {}

  /** For machines. */
  @Get('docs-json')
  json(): ApiDescription {
    return this.description.get();
  }

  /** For people. */
  @Get('docs')
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8');
    return PAGE;
  }

  /** What the page loads. */
  @Get('docs/:file')
  async file(
    @Param('file') file: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | string> {
    if (file === 'start.js') {
      void reply.type('text/javascript; charset=utf-8');
      return START;
    }
    const type = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
    if (type === undefined) throw new Problem('NOT_FOUND');
    void reply.type(type);
    return readFile(resolve(`swagger-ui-dist/${file}`));
  }
}
