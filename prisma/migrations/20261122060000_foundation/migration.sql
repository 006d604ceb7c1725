-- Extensions: case-insensitive addresses, and substring search over numbers and labels.
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "carrier_name" AS ENUM ('twilio', 'telnyx');

-- CreateEnum
CREATE TYPE "purchase_status" AS ENUM ('pending', 'bought', 'refused');

-- CreateEnum
CREATE TYPE "release_status" AS ENUM ('pending', 'released', 'refused', 'undone');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'admin', 'operator', 'viewer');

-- CreateEnum
CREATE TYPE "number_state" AS ENUM ('claimed', 'calling', 'unknown', 'pending_papers', 'active', 'held', 'releasing', 'released', 'failed', 'quarantined', 'gone');

-- CreateEnum
CREATE TYPE "number_source" AS ENUM ('managed', 'imported', 'byoc');

-- CreateEnum
CREATE TYPE "number_type" AS ENUM ('local', 'toll_free', 'mobile');

-- CreateEnum
CREATE TYPE "direction" AS ENUM ('inbound', 'outbound');

-- CreateTable
CREATE TABLE "agent" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "latest_version" INTEGER,
    "published" BOOLEAN NOT NULL GENERATED ALWAYS AS (latest_version IS NOT NULL) STORED,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_version" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "config" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "published" BOOLEAN NOT NULL GENERATED ALWAYS AS (published_at IS NOT NULL) STORED,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "tag" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_line" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "amount" DECIMAL(12,4) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "managed_account" (
    "id" TEXT NOT NULL,
    "carrier" "carrier_name" NOT NULL,
    "carrier_account_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "managed_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trunk" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "managed_account_id" TEXT,
    "name" TEXT NOT NULL,
    "inbound_config" JSONB,
    "outbound_config" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trunk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "organization_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "resource_id" TEXT,
    "final_status" INTEGER,
    "final_body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("organization_id","method","route","key")
);

-- CreateTable
CREATE TABLE "purchase_order" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "managed_account_id" TEXT NOT NULL,
    "status" "purchase_status" NOT NULL DEFAULT 'pending',
    "monthly_cost" DECIMAL(12,4),
    "currency" CHAR(3),
    "wishes" JSONB NOT NULL,
    "requested_by" JSONB NOT NULL,
    "request_id" TEXT NOT NULL,
    "error_code" TEXT,
    "error_detail" TEXT,
    "carrier_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "called_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "purchase_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_order" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "status" "release_status" NOT NULL DEFAULT 'pending',
    "release_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "slots" JSONB NOT NULL,
    "requested_by" JSONB NOT NULL,
    "request_id" TEXT NOT NULL,
    "error_code" TEXT,
    "error_detail" TEXT,
    "carrier_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "number_limit" INTEGER NOT NULL DEFAULT 50,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "number_total" (
    "organization_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "numbers" INTEGER NOT NULL DEFAULT 0,
    "monthly_cost" DECIMAL(14,4) NOT NULL DEFAULT 0,

    CONSTRAINT "number_total_pkey" PRIMARY KEY ("organization_id","currency")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "email" CITEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "organization_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "phone_number" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "phone_number" TEXT NOT NULL,
    "state" "number_state" NOT NULL,
    "source" "number_source" NOT NULL DEFAULT 'managed',
    "live" BOOLEAN NOT NULL GENERATED ALWAYS AS (state IN ('claimed', 'calling', 'unknown', 'pending_papers', 'active', 'held', 'releasing', 'quarantined')) STORED,
    "assignable" BOOLEAN NOT NULL GENERATED ALWAYS AS (state = 'active') STORED,
    "managed_account_id" TEXT,
    "trunk_id" TEXT NOT NULL,
    "carrier_number_id" TEXT,
    "tag" TEXT,
    "country_code" CHAR(2) NOT NULL,
    "type" "number_type" NOT NULL,
    "region" TEXT,
    "locality" TEXT,
    "voice" BOOLEAN NOT NULL DEFAULT true,
    "sms" BOOLEAN NOT NULL DEFAULT false,
    "mms" BOOLEAN NOT NULL DEFAULT false,
    "label" TEXT,
    "outbound_shareable" BOOLEAN NOT NULL DEFAULT false,
    "monthly_cost" DECIMAL(12,4),
    "currency" CHAR(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "next_check_at" TIMESTAMPTZ(3),
    "call_started_at" TIMESTAMPTZ(3),
    "lookups" INTEGER NOT NULL DEFAULT 0,
    "purchased_at" TIMESTAMPTZ(3),
    "released_at" TIMESTAMPTZ(3),
    "assignment_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "phone_number_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "organization_id" TEXT NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "direction" "direction" NOT NULL,
    "agent_id" TEXT NOT NULL,
    "version" INTEGER,
    "assignable" BOOLEAN NOT NULL DEFAULT true,
    "published" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("phone_number_id","direction")
);

-- CreateIndex
CREATE INDEX "agent_organization_id_created_at_id_idx" ON "agent"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "agent_organization_id_id_key" ON "agent"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_organization_id_id_published_key" ON "agent"("organization_id", "id", "published");

-- CreateIndex
CREATE UNIQUE INDEX "agent_version_organization_id_agent_id_version_key" ON "agent_version"("organization_id", "agent_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "agent_version_organization_id_agent_id_version_published_key" ON "agent_version"("organization_id", "agent_id", "version", "published");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_created_at_id_idx" ON "audit_event"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_organization_id_object_type_object_id_created_a_idx" ON "audit_event"("organization_id", "object_type", "object_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "installation_tag_key" ON "installation"("tag");

-- CreateIndex
CREATE INDEX "ledger_line_organization_id_period_start_idx" ON "ledger_line"("organization_id", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_line_phone_number_id_period_start_key" ON "ledger_line"("phone_number_id", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "managed_account_carrier_carrier_account_id_key" ON "managed_account"("carrier", "carrier_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "trunk_organization_id_id_key" ON "trunk"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "trunk_organization_id_managed_account_id_key" ON "trunk"("organization_id", "managed_account_id");

-- CreateIndex
CREATE INDEX "idempotency_record_expires_at_idx" ON "idempotency_record"("expires_at");

-- CreateIndex
CREATE INDEX "purchase_order_organization_id_created_at_id_idx" ON "purchase_order"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "purchase_order_organization_id_id_key" ON "purchase_order"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "purchase_order_phone_number_id_key" ON "purchase_order"("phone_number_id");

-- CreateIndex
CREATE INDEX "release_order_phone_number_id_idx" ON "release_order"("phone_number_id");

-- CreateIndex
CREATE UNIQUE INDEX "release_order_organization_id_id_key" ON "release_order"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "membership_user_id_created_at_idx" ON "membership"("user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "phone_number_tag_key" ON "phone_number"("tag");

-- CreateIndex
CREATE INDEX "phone_number_organization_id_created_at_id_idx" ON "phone_number"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "phone_number_organization_id_id_key" ON "phone_number"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "phone_number_organization_id_id_assignable_key" ON "phone_number"("organization_id", "id", "assignable");

-- CreateIndex
CREATE INDEX "assignment_organization_id_agent_id_idx" ON "assignment"("organization_id", "agent_id");

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_version" ADD CONSTRAINT "agent_version_organization_id_agent_id_fkey" FOREIGN KEY ("organization_id", "agent_id") REFERENCES "agent"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_line" ADD CONSTRAINT "ledger_line_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_line" ADD CONSTRAINT "ledger_line_organization_id_phone_number_id_fkey" FOREIGN KEY ("organization_id", "phone_number_id") REFERENCES "phone_number"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trunk" ADD CONSTRAINT "trunk_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trunk" ADD CONSTRAINT "trunk_managed_account_id_fkey" FOREIGN KEY ("managed_account_id") REFERENCES "managed_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_record" ADD CONSTRAINT "idempotency_record_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "purchase_order" ADD CONSTRAINT "purchase_order_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "purchase_order" ADD CONSTRAINT "purchase_order_organization_id_phone_number_id_fkey" FOREIGN KEY ("organization_id", "phone_number_id") REFERENCES "phone_number"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "purchase_order" ADD CONSTRAINT "purchase_order_managed_account_id_fkey" FOREIGN KEY ("managed_account_id") REFERENCES "managed_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_order" ADD CONSTRAINT "release_order_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_order" ADD CONSTRAINT "release_order_organization_id_phone_number_id_fkey" FOREIGN KEY ("organization_id", "phone_number_id") REFERENCES "phone_number"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_total" ADD CONSTRAINT "number_total_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_managed_account_id_fkey" FOREIGN KEY ("managed_account_id") REFERENCES "managed_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_organization_id_trunk_id_fkey" FOREIGN KEY ("organization_id", "trunk_id") REFERENCES "trunk"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_phone_number_id_assignable_fkey" FOREIGN KEY ("organization_id", "phone_number_id", "assignable") REFERENCES "phone_number"("organization_id", "id", "assignable") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_agent_id_published_fkey" FOREIGN KEY ("organization_id", "agent_id", "published") REFERENCES "agent"("organization_id", "id", "published") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_agent_id_version_published_fkey" FOREIGN KEY ("organization_id", "agent_id", "version", "published") REFERENCES "agent_version"("organization_id", "agent_id", "version", "published") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------------------------------------------------
-- What follows is not expressible in the Prisma schema. A test asserts that every one of these objects exists.

-- One owner: a number is live at most once in the installation.
CREATE UNIQUE INDEX "phone_number_live" ON "phone_number" ("phone_number") WHERE "live";
CREATE UNIQUE INDEX "phone_number_live_carrier_number" ON "phone_number" ("managed_account_id", "carrier_number_id") WHERE "live" AND "carrier_number_id" IS NOT NULL;
CREATE UNIQUE INDEX "release_order_pending" ON "release_order" ("phone_number_id") WHERE "status" = 'pending';
CREATE UNIQUE INDEX "managed_account_default" ON "managed_account" ("is_default") WHERE "is_default";

-- One index for each order of the directory, and one for the recovery worker.
CREATE INDEX "phone_number_directory_created" ON "phone_number" ("organization_id", "created_at", "id") WHERE "live";
CREATE INDEX "phone_number_directory_updated" ON "phone_number" ("organization_id", "assignment_changed_at", "id") WHERE "live";
CREATE INDEX "phone_number_directory_number" ON "phone_number" ("organization_id", "phone_number", "id") WHERE "live";
CREATE INDEX "phone_number_directory_cost" ON "phone_number" ("organization_id", coalesce("monthly_cost", 0), "id") WHERE "live";
CREATE INDEX "phone_number_directory_past" ON "phone_number" ("organization_id", "created_at", "id") WHERE NOT "live";
CREATE INDEX "phone_number_digits" ON "phone_number" USING gin ("phone_number" gin_trgm_ops);
CREATE INDEX "phone_number_label" ON "phone_number" USING gin ("label" gin_trgm_ops);
CREATE INDEX "phone_number_unfinished" ON "phone_number" ("next_check_at") WHERE "state" IN ('claimed', 'calling', 'unknown', 'releasing');

ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row" CHECK ("id" = 1);
ALTER TABLE "installation" ADD CONSTRAINT "installation_tag_form" CHECK ("tag" ~ '^[0-9A-Za-z]{6}$');
ALTER TABLE "organization" ADD CONSTRAINT "organization_number_limit_not_negative" CHECK ("number_limit" >= 0);
ALTER TABLE "number_total" ADD CONSTRAINT "number_total_not_negative" CHECK ("numbers" >= 0 AND "monthly_cost" >= 0);
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_e164" CHECK ("phone_number" ~ '^\+[1-9][0-9]{6,14}$');
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_cost_has_currency" CHECK (("monthly_cost" IS NULL) = ("currency" IS NULL));
-- What is not ours to give back is never on the way to being given back.
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_release_managed_only" CHECK ("state" NOT IN ('held', 'releasing', 'released') OR "source" = 'managed');
-- No number claims to be ours without the carrier's own id for it.
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_active_is_confirmed" CHECK ("state" NOT IN ('active', 'held', 'releasing', 'released') OR "source" <> 'managed' OR ("carrier_number_id" IS NOT NULL AND "purchased_at" IS NOT NULL AND "managed_account_id" IS NOT NULL));
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_unfinished_is_due" CHECK ("state" NOT IN ('claimed', 'calling', 'unknown', 'releasing') OR "next_check_at" IS NOT NULL);
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_number_assignable" CHECK ("assignable");
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_agent_published" CHECK ("published");
ALTER TABLE "agent_version" ADD CONSTRAINT "agent_version_positive" CHECK ("version" > 0);
ALTER TABLE "purchase_order" ADD CONSTRAINT "purchase_order_refusal_has_reason" CHECK ("status" <> 'refused' OR "error_code" IS NOT NULL);
ALTER TABLE "purchase_order" ADD CONSTRAINT "purchase_order_settled" CHECK (("status" = 'pending') = ("settled_at" IS NULL));
ALTER TABLE "release_order" ADD CONSTRAINT "release_order_settled" CHECK (("status" = 'pending') = ("settled_at" IS NULL));
ALTER TABLE "ledger_line" ADD CONSTRAINT "ledger_line_period" CHECK ("period_end" > "period_start");

-- Counts and commitment per organization and currency, so that no page counts rows. Numbers without a known
-- price are counted under 'XXX', the ISO 4217 code for no currency.
CREATE FUNCTION "phone_number_totals"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.live THEN
    UPDATE number_total SET numbers = numbers - 1, monthly_cost = monthly_cost - coalesce(OLD.monthly_cost, 0)
    WHERE organization_id = OLD.organization_id AND currency = coalesce(OLD.currency, 'XXX');
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.live THEN
    INSERT INTO number_total (organization_id, currency, numbers, monthly_cost)
    VALUES (NEW.organization_id, coalesce(NEW.currency, 'XXX'), 1, coalesce(NEW.monthly_cost, 0))
    ON CONFLICT (organization_id, currency) DO UPDATE
    SET numbers = number_total.numbers + 1, monthly_cost = number_total.monthly_cost + excluded.monthly_cost;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "phone_number_totals_moved" AFTER INSERT OR DELETE ON "phone_number"
  FOR EACH ROW EXECUTE FUNCTION "phone_number_totals"();
CREATE TRIGGER "phone_number_totals_changed" AFTER UPDATE ON "phone_number" FOR EACH ROW
  WHEN (OLD.live IS DISTINCT FROM NEW.live OR OLD.monthly_cost IS DISTINCT FROM NEW.monthly_cost OR OLD.currency IS DISTINCT FROM NEW.currency)
  EXECUTE FUNCTION "phone_number_totals"();

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows cannot be changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "audit_event_frozen" BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "ledger_line_frozen" BEFORE UPDATE OR DELETE ON "ledger_line"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "agent_version_frozen" BEFORE UPDATE OR DELETE ON "agent_version"
  FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION "refuse_change"();
