# One image for every role: `attendant serve --role web`, `--role worker`, `migrate`.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# Without devDependencies in package.json: `npm prune --omit=dev` would keep the Prisma CLI and TypeScript, because
# @prisma/client names them as optional peers.
RUN npm run build && npm pkg delete devDependencies && npm prune --ignore-scripts

FROM node:22-bookworm-slim
# Recordings and cards are soon garbage: with more room for the young, Node sweeps it less often.
# A worker has no doors: it answers for its health on HEALTH_PORT, which the web process leaves alone.
ENV NODE_ENV=production HOST=0.0.0.0 HEALTH_PORT=3001 NODE_OPTIONS=--max-semi-space-size=64
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/public public
COPY --from=build /app/bin bin
COPY --from=build /app/prisma prisma
RUN mkdir -p /app/.data && chown node:node /app/.data
USER node
EXPOSE 3000
HEALTHCHECK --start-period=90s CMD ["node", "-e", "Promise.any([process.env.PORT || 3000, process.env.HEALTH_PORT].map((port) => fetch('http://127.0.0.1:' + port + '/healthz').then((r) => r.ok || Promise.reject()))).then(() => process.exit(0), () => process.exit(1))"]
CMD ["node", "bin/attendant.js", "serve"]
