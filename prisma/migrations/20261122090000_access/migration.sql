-- Keys of organizations, tokens of people, and how often each may ask; agents that can be edited and deleted; numbers
-- brought along that are let go of.

-- AlterEnum
ALTER TYPE "number_state" ADD VALUE 'detached' BEFORE 'failed';

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "personal_token" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "personal_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
-- Unlogged: it is written at every request, and losing it in a crash only starts a new window.
CREATE UNLOGGED TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- AlterTable
ALTER TABLE "agent" ADD COLUMN "is_demo" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "metadata" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "agent_version" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
-- Nothing has written into this table yet.
ALTER TABLE "idempotency_record" DROP COLUMN "created_at",
DROP COLUMN "final_body",
DROP COLUMN "resource_id",
ADD COLUMN "final_answer" JSONB,
ADD COLUMN "request_id" TEXT NOT NULL,
ADD COLUMN "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "api_key_organization_id_created_at_id_idx" ON "api_key"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_organization_id_id_key" ON "api_key"("organization_id", "id");

-- CreateIndex
CREATE INDEX "personal_token_user_id_created_at_id_idx" ON "personal_token"("user_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_request_id_idx" ON "audit_event"("organization_id", "request_id");

-- CreateIndex
CREATE INDEX "purchase_order_organization_id_request_id_idx" ON "purchase_order"("organization_id", "request_id");

-- CreateIndex
CREATE INDEX "release_order_organization_id_request_id_idx" ON "release_order"("organization_id", "request_id");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_token" ADD CONSTRAINT "personal_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express.

-- What we bought is released, never only let go of. As text, since a new value cannot be used in the transaction that adds it.
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_detached_brought_along" CHECK ("state"::text <> 'detached' OR "source" <> 'managed');

ALTER TABLE "agent" ADD CONSTRAINT "agent_metadata_object" CHECK (jsonb_typeof("metadata") = 'object');

-- A deleted agent has no newest version, so `published` is false and the foreign key of slots refuses it.
ALTER TABLE "agent" ADD CONSTRAINT "agent_deleted_unpublished" CHECK ("deleted_at" IS NULL OR "latest_version" IS NULL);
