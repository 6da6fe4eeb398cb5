import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { sortKey } from "@/lib/search/fold";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { Role } from "@/prisma/generated/sqlite/enums";

let last = 0;
/** Tells rows of one test file apart. */
function next() {
  last += 1;
  return last;
}

/** A signed-in person who need not be in the database. */
export function actor(role: Role, overrides: Partial<Extract<Actor, { kind: "user" }>> = {}): Actor {
  return {
    kind: "user",
    userId: `test-${role}`,
    email: `${role}@example.com`,
    name: `Test ${role}`,
    role,
    sessionId: null,
    scopes: ["read", "write"],
    ...overrides,
  };
}

/** The actor that a row of `createUser` is when signed in. */
export function actorOf(user: { id: string; email: string; username: string; role: Role }): Actor {
  return actor(user.role, { userId: user.id, email: user.email, name: user.username });
}

export function createUser(role: Role, data: Partial<Prisma.UserUncheckedCreateInput> = {}) {
  const name = `${role}-${next()}`;
  return transaction((tx) =>
    tx.user.create({
      data: { email: `${name}@example.com`, username: name, passwordHash: "not a hash", role, ...data },
    }),
  );
}

/** A category; under `parent` its level and path follow. */
export function createCategory(
  data: Partial<Prisma.CategoryUncheckedCreateInput> = {},
  parent?: { id: string; level: number; path: string },
) {
  const name = data.name ?? `Category ${next()}`;
  const slug = data.slug ?? sortKey(name).replaceAll(" ", "-");
  const place = parent
    ? { parentId: parent.id, level: parent.level + 1, path: `${parent.path}/${slug}` }
    : { level: 0, path: slug };
  return transaction((tx) => tx.category.create({ data: { name, nameKey: sortKey(name), slug, ...place, ...data } }));
}

export function createProduct(data: Partial<Prisma.ProductUncheckedCreateInput> = {}) {
  const n = next();
  const name = data.name ?? `Product ${n}`;
  const brandKey = data.brand ? sortKey(data.brand) : null;
  return transaction((tx) =>
    tx.product.create({ data: { sku: `SKU-${n}`, name, nameKey: sortKey(name), brandKey, ...data } }),
  );
}

export function createMetafield(productId: string, data: Partial<Prisma.ProductMetafieldUncheckedCreateInput> = {}) {
  return transaction((tx) =>
    tx.productMetafield.create({
      data: {
        productId,
        namespace: "custom",
        key: `field_${next()}`,
        value: "Value",
        type: "single_line_text_field",
        ...data,
      },
    }),
  );
}

export function createDefinition(data: Partial<Prisma.MetafieldDefinitionUncheckedCreateInput> = {}) {
  const key = data.key ?? `field_${next()}`;
  return transaction((tx) =>
    tx.metafieldDefinition.create({
      data: { namespace: "custom", key, name: key, type: "single_line_text_field", ...data },
    }),
  );
}

export function createCode(productId: string, data: Partial<Prisma.ProductCodeUncheckedCreateInput> = {}) {
  const code = data.code ?? `CODE${next()}`;
  return transaction((tx) =>
    tx.productCode.create({ data: { productId, type: "sprc", code, normalized: code.toUpperCase(), ...data } }),
  );
}

export function createImage(productId: string, data: Partial<Prisma.ProductImageUncheckedCreateInput> = {}) {
  return transaction((tx) =>
    tx.productImage.create({ data: { productId, url: `https://example.com/${next()}.jpg`, ...data } }),
  );
}

export function createIcon(data: Partial<Prisma.IconUncheckedCreateInput> = {}) {
  const n = next();
  return transaction((tx) =>
    tx.icon.create({
      data: { filename: `${n}.svg`, storagePath: `icons/${n}.svg`, fileHash: `hash-${n}`, fileSize: 100, ...data },
    }),
  );
}

export function createFeedSource(data: Partial<Prisma.FeedSourceUncheckedCreateInput> = {}) {
  return transaction((tx) => tx.feedSource.create({ data: { name: `Feed ${next()}`, kind: "etilize", ...data } }));
}

export function createRun(data: Partial<Prisma.SyncHistoryUncheckedCreateInput> = {}) {
  return transaction((tx) => tx.syncHistory.create({ data: { number: next(), source: "Feed", ...data } }));
}

export function createChange(
  runId: string,
  { fields = {}, ...data }: Partial<Prisma.SyncChangeUncheckedCreateInput> & { fields?: Prisma.InputJsonObject } = {},
) {
  const n = next();
  return transaction((tx) =>
    tx.syncChange.create({
      data: {
        runId,
        entity: "product",
        externalKey: `key-${n}`,
        label: `SKU-${n}`,
        action: "update",
        kind: "changed",
        detail: { create: { fields } },
        ...data,
      },
    }),
  );
}

export function createJob(data: Partial<Prisma.JobUncheckedCreateInput> = {}) {
  return transaction((tx) => tx.job.create({ data: { jobType: "test", displayName: `Job ${next()}`, ...data } }));
}
