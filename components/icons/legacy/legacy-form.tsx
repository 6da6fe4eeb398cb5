"use client";

import { type FormEvent, useState } from "react";
import { UploadZone } from "@/components/feeds/upload-zone";
import { useUploads } from "@/components/feeds/use-uploads";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Radio } from "@/components/ui/radio";
import { ChooseFolder } from "./choose-folder";
import { useLegacyStart } from "./use-legacy-start";

type From = "upload" | "place";
type Props = { places: { path: string; isThere: boolean }[] };

/** Which store: uploaded, or lying on the server. A dry run is the first thing offered. */
export function LegacyForm({ places }: Props) {
  const found = places.find(({ isThere }) => isThere);
  const [from, setFrom] = useState<From>(found ? "place" : "upload");
  const [path, setPath] = useState(found?.path ?? "");
  const uploads = useUploads("icons");
  const { start, isBusy, problem, setProblem } = useLegacyStart();

  function begin(isDryRun: boolean) {
    const given = givenOf(isDryRun);
    if (typeof given === "string") setProblem(given);
    else start(given);
  }

  function givenOf(dryRun: boolean) {
    if (from === "place") return path.trim() ? { uploads: [], path, dryRun } : "Name the place on the server.";
    const { items } = uploads;
    if (items.some(({ state }) => state.is === "sending")) return "Wait until every file has arrived.";
    if (items.some(({ state }) => state.is === "failed"))
      return "Remove the files that did not arrive, or send them again.";
    const ids = items.flatMap(({ state }) => (state.is === "done" ? state.uploadId : []));
    return ids.length > 0 ? { uploads: ids, path: "", dryRun } : "Choose the store's zip, or its files.";
  }

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        begin(true);
      }}
      noValidate
      className="grid gap-3 border-b px-4 py-4"
    >
      <fieldset className="grid max-w-3xl gap-2">
        <legend className="mb-1 text-xs font-medium text-muted">
          The store: a metadata.json with its pictures. It stays as it is.
        </legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          <Radio name="from" label="Upload it" isOn={from === "upload"} onChoose={() => setFrom("upload")} />
          <Radio name="from" label="It lies on the server" isOn={from === "place"} onChoose={() => setFrom("place")} />
        </div>
        {from === "upload" ? (
          <>
            <UploadZone kind="icons" items={uploads.items} onAdd={uploads.add} onRemove={uploads.remove} />
            <ChooseFolder onChoose={uploads.add} />
          </>
        ) : (
          <>
            <Field label="Its folder, metadata.json or zip" help="Nothing outside it is read.">
              {(control) => (
                <Input
                  {...control}
                  value={path}
                  onChange={(event) => setPath(event.target.value)}
                  placeholder="/data/generated_icons"
                  className="mono"
                  spellCheck={false}
                />
              )}
            </Field>
            <Places places={places} onChoose={setPath} />
          </>
        )}
      </fieldset>
      {problem && (
        <p role="alert" className="text-red">
          {problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" aria-disabled={isBusy}>
          Dry run
        </Button>
        <Button onClick={() => begin(false)} aria-disabled={isBusy}>
          Import at once
        </Button>
      </div>
    </form>
  );
}

function Places({ places, onChoose }: Props & { onChoose: (path: string) => void }) {
  return (
    <div className="text-xs text-muted">
      <p>Looked for by itself, and taken over when it is found or changed:</p>
      <ul className="mt-1 grid gap-0.5">
        {places.map(({ path, isThere }) => (
          <li key={path} className="flex flex-wrap gap-x-2">
            {isThere ? (
              <button
                type="button"
                className="mono text-left break-all text-accent underline"
                onClick={() => onChoose(path)}
              >
                {path}
              </button>
            ) : (
              <span className="mono break-all">{path}</span>
            )}
            <span>{isThere ? "a store lies there" : "nothing there"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
