import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';

const initializer = `window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'none',
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  validatorUrl: null,
});
`;

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What can be asked of the ledger</title>
<link rel="stylesheet" href="swagger-ui.css">
</head>
<body>
<main id="swagger-ui"></main>
<noscript>This page needs JavaScript; /openapi.json says the same without.</noscript>
<script src="swagger-ui-bundle.js"></script>
<script src="initializer.js"></script>
</body>
</html>
`;

/**
 * The browsable description of the HTTP interface; everything it needs comes from here. Its headings are closed at
 * first: beyond some 120 paths Swagger UI 5.35 draws a handful and no more where all are open.
 */
export function docsRouter(): Router {
  const router = express.Router();
  const files = fileURLToPath(new URL('.', import.meta.resolve('swagger-ui-dist/package.json')));
  router.get('/', (req, res) => {
    if (!req.originalUrl.split('?')[0]?.endsWith('/')) return void res.redirect(308, '/docs/');
    res.type('html').send(html);
  });
  router.get('/initializer.js', (_req, res) => void res.type('js').send(initializer));
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    router.get(`/${name}`, (_req, res) => res.sendFile(name, { root: files, maxAge: '1 day' }));
  }
  return router;
}
