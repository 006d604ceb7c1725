import type { Pool } from "pg";

/**
 * What the database itself writes down while a suite runs: every move of a number with what its organization held at
 * the commit, and the transaction of every audit entry. The end state alone proves nothing about the way there.
 */

export interface Transition {
  sequence: number;
  at: Date;
  transaction: string;
  phone_number_id: string;
  organization_id: string;
  phone_number: string;
  source: string;
  carrier_number_id: string | null;
  from_state: string | null;
  to_state: string;
  /** Live numbers of the organization, and its limit, when this was committed. */
  held: number;
  number_limit: number;
}

/** Into one database, before anything happens in it. The triggers run at the commit, when all of it is seen. */
export async function installObservation(sql: Pool): Promise<void> {
  await sql.query(`
    CREATE SCHEMA observed;
    CREATE TABLE observed.transition (
      sequence bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(),
      transaction text NOT NULL DEFAULT pg_current_xact_id()::text,
      phone_number_id text NOT NULL, organization_id text NOT NULL, phone_number text NOT NULL, source text NOT NULL,
      carrier_number_id text, from_state text, to_state text NOT NULL, held int NOT NULL, number_limit int NOT NULL);
    CREATE TABLE observed.audit (transaction text NOT NULL DEFAULT pg_current_xact_id()::text, object_id text NOT NULL);

    CREATE FUNCTION observed.note_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN RETURN NULL; END IF;
      INSERT INTO observed.transition (phone_number_id, organization_id, phone_number, source, carrier_number_id,
        from_state, to_state, held, number_limit)
      SELECT NEW.id, NEW.organization_id, NEW.phone_number, NEW.source::text, NEW.carrier_number_id,
        CASE WHEN TG_OP = 'UPDATE' THEN OLD.state::text END, NEW.state::text,
        (SELECT count(*) FROM phone_number n WHERE n.organization_id = NEW.organization_id AND n.live), o.number_limit
      FROM organization o WHERE o.id = NEW.organization_id;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER observed_transition AFTER INSERT OR UPDATE OF state ON phone_number
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION observed.note_transition();

    CREATE FUNCTION observed.note_audit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO observed.audit (object_id) VALUES (NEW.object_id); RETURN NULL; END $$;
    CREATE TRIGGER observed_audit AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION observed.note_audit();`);
}

export async function readTransitions(sql: Pool): Promise<Transition[]> {
  const { rows } = await sql.query<Transition & { sequence: string }>(
    "SELECT * FROM observed.transition ORDER BY sequence",
  );
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
}
