import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { PUBLIC, ROUTES } from "@/lib/auth/access";
import { ENDPOINTS, routeName } from "./endpoints";
import { openApiDocument } from "./openapi";

const APP = join(import.meta.dirname, "../../app");
const METHODS = /export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g;
const RENAMED = /\bas (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g;

/** Not for scripts, each with why. */
const INTERNAL: Record<string, string> = {
  "GET /api/auth/[...nextauth]": "next-auth's own pages and answers; scripts get a token",
  "POST /api/auth/[...nextauth]": "next-auth's own pages and answers; scripts get a token",
  "GET /api/brands": "what the brand filter offers while one types",
  "GET /api/icons/preview": "what the built-in generator would draw, as one chooses its look",
  "GET /api/icons/exports/[id]": "the zip of an export that the worker packed, from its job's page",
  "GET /api/palette": "what the palette offers while one types",
  "GET /api/tree": "the tree beside the table, level by level; scripts have /api/categories",
  "GET /api/products/export":
    "the catalogue page's list as a file; scripts have /api/products and `stockroom export products`",
  "GET /api/products/table": "the catalogue page's list as its table shows it; scripts have /api/products",
  "GET /api/products/exports/[id]": "the file of an export that the worker wrote, from its job's page",
  "POST /api/products/export":
    "the catalogue page's selected products as a file; scripts have `stockroom export products`",
  "POST /api/sheet/rows": "the rows of the catalogue's sheet as one scrolls; scripts have /api/products",
  "POST /api/sheet/cells": "cells of many products as one types; scripts have /api/products/:id",
  "POST /api/sheet/runs": "a large paste into the sheet; scripts have /api/products/:id",
  "GET /api/work": "what the header shows of the present",
  "GET /api/feeds/files/[id]": "a received file as it came, from the archive's list",
  "POST /api/feeds/uploads": "half of a form: the import itself is started by an action, or by the command line",
};

const served = readdirSync(join(APP, "api"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name === "route.ts")
  .flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, "utf8");
    const address = `/${relative(APP, dirname(path))}`;
    return [...text.matchAll(METHODS), ...text.matchAll(RENAMED)].map(([, method]) => `${method} ${address}`);
  });

const described = z.looseObject({ description: z.string().min(1) });
const schema = z.looseObject({});
const media = z.record(z.string().regex(/^[a-z]+\/[a-z.*-]+$/), z.strictObject({ schema }));
const parameter = z.strictObject({
  name: z.string(),
  in: z.enum(["path", "query"]),
  required: z.boolean(),
  description: z.string().optional(),
  schema,
});
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z_]+$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  description: z.string().min(1),
  security: z.array(z.record(z.enum(["bearer", "session"]), z.array(z.never())).or(z.looseObject({}))),
  parameters: z.array(parameter).optional(),
  requestBody: z.strictObject({ required: z.literal(true), content: media }).optional(),
  responses: z.record(z.string().regex(/^[2345]\d\d$/), described.extend({ content: media.optional() })),
});
const documentShape = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.strictObject({ title: z.string(), version: z.string().regex(/^\d+\.\d+\.\d+/), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  paths: z.record(
    z.string().startsWith("/api/"),
    z.partialRecord(z.enum(["get", "post", "put", "patch", "delete"]), operation),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[A-Z][A-Za-z]+$/), schema),
    securitySchemes: z.record(z.string(), schema),
    parameters: z.strictObject({}),
  }),
  webhooks: z.strictObject({}),
});

// As it leaves: what JSON drops is not in the document.
const written: unknown = JSON.parse(JSON.stringify(openApiDocument()));
const openapi = documentShape.parse(written);
const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, found]) => (found ? [{ path, method, found }] : [])),
);

test("every route handler is in the document or internal for a reason, and both are served", () => {
  const documented = operations.map(({ path, method }) => routeName({ path, method: method as "get" }));
  expect([...documented, ...Object.keys(INTERNAL)].toSorted()).toEqual(served.toSorted());
  expect(documented.toSorted()).toEqual(ENDPOINTS.map(routeName).toSorted());
});

test("every parameter of an address is described, and no other", () => {
  for (const { path, found } of operations) {
    const inPath = (found.parameters ?? []).filter((one) => one.in === "path");
    expect(inPath.map((one) => `{${one.name}}`).toSorted(), path).toEqual((path.match(/\{\w+\}/g) ?? []).toSorted());
    expect(inPath.every((one) => one.required)).toBe(true);
  }
});

test("every reference leads to a component, and every component is used", () => {
  const references = new Set(JSON.stringify(written).match(/#\/components\/schemas\/\w+/g));
  const components = Object.keys(openapi.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...references].toSorted()).toEqual(components.toSorted());
});

test("operations have names of their own", () => {
  const names = operations.map(({ found }) => found.operationId);
  expect(new Set(names).size).toBe(names.length);
});

test("what asks for a token says so, and what it refuses with", () => {
  for (const { path, method, found } of operations) {
    const isPublic = ROUTES[routeName({ path, method: method as "get" })] === PUBLIC;
    expect(found.security.length === 0, path).toBe(isPublic);
    if (!isPublic) expect(Object.keys(found.responses), path).toEqual(expect.arrayContaining(["401", "403"]));
    if (found.requestBody) expect(Object.keys(found.responses), path).toEqual(expect.arrayContaining(["413", "422"]));
  }
});

test("every kind of schema says what it is", () => {
  const untyped: string[] = [];
  const walk = (at: unknown, where: string) => {
    if (typeof at !== "object" || at === null) return;
    for (const [key, inner] of Object.entries(at)) walk(inner, `${where}/${key}`);
    if (!where.endsWith("/properties") && "properties" in at && !("type" in at)) untyped.push(where);
  };
  walk(openapi.components.schemas, "");
  expect(untyped).toEqual([]);
});

test("lists can be paged, and say how many there are", () => {
  for (const [name, list] of Object.entries(openapi.components.schemas)) {
    if (!name.endsWith("List")) continue;
    expect(list.required, name).toEqual(["data", "total", "page", "per_page", "next_cursor"]);
  }
});
