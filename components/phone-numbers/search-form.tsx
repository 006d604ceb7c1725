"use client";

import { ChevronDown, Search } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Flag } from "@/components/ui/flag";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import { countryName } from "./country-name";
import { toKeypadDigits } from "./keypad";
import { typeNames } from "./number-types";
import { countAdvanced, type SearchForm as Form, hasAreaCodes } from "./search-query";
import type { NumberSearch } from "./use-number-search";
import { useCountries } from "./use-phone-numbers";

export function SearchForm({ search }: { search: NumberSearch }) {
  const [unfolded, setUnfolded] = useState(false);
  const foldId = useId();
  const { form, issues } = search;
  const advancedCount = countAdvanced(form);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search.run(form);
  };

  return (
    <form className="flex flex-col gap-3" noValidate onSubmit={submit}>
      <div className="grid grid-cols-2 items-start gap-3 md:grid-cols-[1fr_9rem_8rem_auto]">
        <CountryAndType search={search} />
        {hasAreaCodes(form.country_code) ? (
          <Field error={issues.area_code} label="Area code">
            <Input
              autoComplete="off"
              className="tabular"
              inputMode="numeric"
              maxLength={3}
              onChange={(event) => search.change({ area_code: event.target.value })}
              placeholder="Any"
              value={form.area_code}
            />
          </Field>
        ) : (
          <span className="max-md:hidden" />
        )}
        <Button
          className="self-start max-md:col-span-2 md:mt-[26px]"
          pending={search.result.isFetching}
          type="submit"
        >
          <Search aria-hidden />
          Search
        </Button>
      </div>
      <button
        aria-controls={foldId}
        aria-expanded={unfolded}
        className="text-muted-foreground hover:text-foreground flex h-6 items-center gap-1 self-start rounded"
        onClick={() => setUnfolded(!unfolded)}
        type="button"
      >
        <ChevronDown aria-hidden className={cn("size-4 transition-transform", unfolded && "rotate-180")} />
        More filters{advancedCount > 0 && ` (${advancedCount})`}
      </button>
      <div hidden={!unfolded} id={foldId}>
        <AdvancedFilters search={search} />
      </div>
    </form>
  );
}

function CountryAndType({ search }: { search: NumberSearch }) {
  const countries = useCountries();
  const { form, issues } = search;
  const known = countries.data?.data ?? [];
  const types = (code: string) =>
    known.find((country) => country.country_code === code)?.phone_number_types ?? ["local" as const];
  const listed = known.some((country) => country.country_code === form.country_code)
    ? known
    : [{ country_code: form.country_code, name: countryName(form.country_code) }, ...known];
  const typeOptions = known.length > 0 ? types(form.country_code) : [form.phone_number_type as "local"];

  const changeCountry = (code: string) => {
    const keepsType = types(code).some((type) => type === form.phone_number_type);
    search.run({
      ...form,
      country_code: code,
      phone_number_type: keepsType ? form.phone_number_type : (types(code)[0] ?? "local"),
      // Places of one country mean nothing in another.
      area_code: "",
      in_region: "",
      in_locality: "",
      in_postal_code: "",
    });
  };

  return (
    <>
      <Field className="max-md:col-span-2" error={issues.country_code} label="Country">
        <Select
          onValueChange={changeCountry}
          options={listed.map((country) => ({
            value: country.country_code,
            label: country.name,
            icon: <Flag country={country.country_code} decorative />,
          }))}
          value={form.country_code}
        />
      </Field>
      <Field error={issues.phone_number_type} label="Type">
        <Select
          onValueChange={(type) => search.run({ ...form, phone_number_type: type })}
          options={typeOptions.map((type) => ({ value: type, label: typeNames[type] }))}
          value={form.phone_number_type}
        />
      </Field>
    </>
  );
}

const matches = [
  { value: "anywhere", label: "Anywhere" },
  { value: "start", label: "At the start" },
  { value: "end", label: "At the end" },
];

function AdvancedFilters({ search }: { search: NumberSearch }) {
  const { form, issues, change } = search;
  const digits = toKeypadDigits(form.contains);
  const hasLetters = /[a-z]/i.test(form.contains);
  return (
    <div className="bg-surface flex flex-col gap-3 rounded border p-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 md:grid-cols-3">
        <TextField
          issue={issues.in_region}
          label="Region"
          name="in_region"
          placeholder="CA"
          search={search}
        />
        <TextField
          issue={issues.in_locality}
          label="City"
          name="in_locality"
          placeholder="San Francisco"
          search={search}
        />
        <TextField
          issue={issues.in_postal_code}
          label="Postal code"
          name="in_postal_code"
          placeholder="94103"
          search={search}
        />
        <Field
          error={issues.contains}
          hint={hasLetters ? `Dials as ${digits}` : "Letters stand for their keypad digits."}
          label="Contains"
        >
          <Input
            autoComplete="off"
            maxLength={12}
            onChange={(event) => change({ contains: event.target.value })}
            placeholder="CALL or 2255"
            value={form.contains}
          />
        </Field>
        <Field label="Where">
          <Select onValueChange={(match) => change({ match })} options={matches} value={form.match} />
        </Field>
      </div>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        <CheckField label="Voice" name="voice_enabled" search={search} />
        <CheckField label="SMS" name="sms_enabled" search={search} />
        <CheckField label="MMS" name="mms_enabled" search={search} />
        <CheckField label="No paperwork" name="no_paperwork" search={search} />
      </div>
    </div>
  );
}

type NamesOf<Value> = { [Name in keyof Form]: Form[Name] extends Value ? Name : never }[keyof Form];

function TextField({
  search,
  name,
  label,
  placeholder,
  issue,
}: {
  search: NumberSearch;
  name: NamesOf<string>;
  label: string;
  placeholder: string;
  issue: string | undefined;
}) {
  return (
    <Field error={issue} label={label}>
      <Input
        autoComplete="off"
        maxLength={80}
        onChange={(event) => search.change({ [name]: event.target.value })}
        placeholder={placeholder}
        value={search.form[name]}
      />
    </Field>
  );
}

function CheckField({
  search,
  name,
  label,
}: {
  search: NumberSearch;
  name: NamesOf<boolean>;
  label: string;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-1">
      <Checkbox
        checked={search.form[name]}
        id={id}
        onChange={(event) => search.change({ [name]: event.target.checked })}
      />
      <Label htmlFor={id}>{label}</Label>
    </div>
  );
}
