-- What a carrier has against what we believe, who may be stopped from spending, and numbers that wait before they leave.

-- CreateEnum
CREATE TYPE "sync_status" AS ENUM ('running', 'completed', 'failed');

-- CreateEnum
CREATE TYPE "drift_kind" AS ENUM ('unknown_number', 'lost_purchase', 'quarantined', 'missing', 'rewired', 'duplicate');

-- CreateEnum
CREATE TYPE "drift_status" AS ENUM ('open', 'accepted', 'settled');

-- CreateEnum
CREATE TYPE "drift_resolution" AS ENUM ('adopted', 'given_back', 'rewired', 'accepted', 'detached', 'disappeared');

-- CreateEnum
CREATE TYPE "money_act" AS ENUM ('buying', 'releasing');

-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "epoch" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "safe_mode_reason" TEXT,
ADD COLUMN     "safe_mode_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "operates_installation" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "phone_number" ADD COLUMN     "locked" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "carrier_sync" (
    "id" TEXT NOT NULL,
    "managed_account_id" TEXT NOT NULL,
    "status" "sync_status" NOT NULL DEFAULT 'running',
    "started_by" JSONB NOT NULL,
    "numbers_seen" INTEGER NOT NULL DEFAULT 0,
    "drifts_seen" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "carrier_sync_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drift" (
    "id" TEXT NOT NULL,
    "managed_account_id" TEXT NOT NULL,
    "organization_id" TEXT,
    "phone_number_id" TEXT,
    "kind" "drift_kind" NOT NULL,
    "status" "drift_status" NOT NULL DEFAULT 'open',
    "phone_number" TEXT NOT NULL,
    "carrier_number_id" TEXT,
    "expected" JSONB NOT NULL,
    "observed" JSONB NOT NULL,
    "looks" INTEGER NOT NULL DEFAULT 1,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolution" "drift_resolution",
    "resolved_by" JSONB,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "drift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kill_switch" (
    "id" TEXT NOT NULL,
    "act" "money_act" NOT NULL,
    "managed_account_id" TEXT,
    "organization_id" TEXT,
    "reason" TEXT NOT NULL,
    "set_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kill_switch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "carrier_sync_managed_account_id_started_at_idx" ON "carrier_sync"("managed_account_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "drift_organization_id_status_first_seen_at_id_idx" ON "drift"("organization_id", "status", "first_seen_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "drift_carrier_number_id_idx" ON "drift"("carrier_number_id");

-- CreateIndex
CREATE INDEX "phone_number_carrier_number_id_idx" ON "phone_number"("carrier_number_id");

-- CreateIndex
CREATE INDEX "kill_switch_organization_id_idx" ON "kill_switch"("organization_id");

-- AddForeignKey
ALTER TABLE "carrier_sync" ADD CONSTRAINT "carrier_sync_managed_account_id_fkey" FOREIGN KEY ("managed_account_id") REFERENCES "managed_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift" ADD CONSTRAINT "drift_managed_account_id_fkey" FOREIGN KEY ("managed_account_id") REFERENCES "managed_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift" ADD CONSTRAINT "drift_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift" ADD CONSTRAINT "drift_organization_id_phone_number_id_fkey" FOREIGN KEY ("organization_id", "phone_number_id") REFERENCES "phone_number"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kill_switch" ADD CONSTRAINT "kill_switch_managed_account_id_fkey" FOREIGN KEY ("managed_account_id") REFERENCES "managed_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kill_switch" ADD CONSTRAINT "kill_switch_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot express.

-- Whoever was here first runs the installation.
UPDATE "organization" SET "operates_installation" = true
WHERE "id" = (SELECT "id" FROM "organization" ORDER BY "created_at", "id" LIMIT 1);

ALTER TABLE "installation" ADD CONSTRAINT "installation_safe_mode_has_reason" CHECK (("safe_mode_since" IS NULL) = ("safe_mode_reason" IS NULL));

-- A number to be released later is due like any other unfinished one.
DROP INDEX "phone_number_unfinished";
CREATE INDEX "phone_number_unfinished" ON "phone_number" ("next_check_at") WHERE "state" IN ('claimed', 'calling', 'unknown', 'held', 'releasing');
ALTER TABLE "phone_number" DROP CONSTRAINT "phone_number_unfinished_is_due";
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_unfinished_is_due" CHECK ("state" NOT IN ('claimed', 'calling', 'unknown', 'held', 'releasing') OR "next_check_at" IS NOT NULL);
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_locked_stays" CHECK (NOT "locked" OR "state" NOT IN ('held', 'releasing'));

-- What was found at the carrier and is given back was never bought by us, so it may have no day of purchase.
ALTER TABLE "phone_number" DROP CONSTRAINT "phone_number_active_is_confirmed";
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_active_is_confirmed" CHECK ("state" NOT IN ('active', 'held') OR "source" <> 'managed' OR ("carrier_number_id" IS NOT NULL AND "purchased_at" IS NOT NULL AND "managed_account_id" IS NOT NULL));
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_release_names_it" CHECK ("state" NOT IN ('releasing', 'released', 'quarantined') OR "source" <> 'managed' OR ("carrier_number_id" IS NOT NULL AND "managed_account_id" IS NOT NULL));

CREATE UNIQUE INDEX "carrier_sync_running" ON "carrier_sync" ("managed_account_id") WHERE "status" = 'running';
ALTER TABLE "carrier_sync" ADD CONSTRAINT "carrier_sync_finished" CHECK (("status" = 'running') = ("finished_at" IS NULL));
ALTER TABLE "carrier_sync" ADD CONSTRAINT "carrier_sync_failure_has_reason" CHECK ("status" <> 'failed' OR "error" IS NOT NULL);

-- Each difference has one card at a time.
CREATE UNIQUE INDEX "drift_unsettled" ON "drift" ("managed_account_id", "kind", "carrier_number_id", "phone_number_id") NULLS NOT DISTINCT WHERE "status" <> 'settled';
CREATE INDEX "drift_of_number" ON "drift" ("phone_number_id") WHERE "status" = 'open';
ALTER TABLE "drift" ADD CONSTRAINT "drift_open_or_resolved" CHECK (("status" = 'open') = ("resolution" IS NULL) AND ("resolution" IS NULL) = ("resolved_at" IS NULL));
ALTER TABLE "drift" ADD CONSTRAINT "drift_number_of_organization" CHECK ("phone_number_id" IS NULL OR "organization_id" IS NOT NULL);
ALTER TABLE "drift" ADD CONSTRAINT "drift_e164" CHECK ("phone_number" ~ '^\+[1-9][0-9]{6,14}$');

CREATE UNIQUE INDEX "kill_switch_reach" ON "kill_switch" ("act", "managed_account_id", "organization_id") NULLS NOT DISTINCT;
ALTER TABLE "kill_switch" ADD CONSTRAINT "kill_switch_one_reach" CHECK ("managed_account_id" IS NULL OR "organization_id" IS NULL);
