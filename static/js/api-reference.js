// Draws the API reference into [data-schema] with Swagger UI, once its own file is there. Asks nobody else.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("[data-schema]");
  if (!place || !window.SwaggerUIBundle) return;
  const { schema, token } = place.dataset;
  place.replaceChildren();
  window.SwaggerUIBundle({
    url: schema,
    domNode: place,
    validatorUrl: null,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    deepLinking: false,
    requestInterceptor: (request) => {
      if (new URL(request.url, location.href).origin === location.origin) request.headers["X-CSRFToken"] = token;
      return request;
    },
  });
});
