export interface PageErrorProps {
  description: string;
  /** Something to quote to whoever runs the installation. */
  requestId: string | undefined;
  onRetry: () => void;
  retryPending?: boolean;
}

/** The page of last resort. Every page brings it along, so it is plain: no icon, no component of ours. */
export function PageError({ description, requestId, onRetry, retryPending = false }: PageErrorProps) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <div className="flex flex-col items-center gap-4 px-6 py-12 text-center" role="alert">
        <div className="flex max-w-md flex-col gap-1">
          <h1 className="text-base font-semibold">Something went wrong</h1>
          <p className="text-muted-foreground text-balance">{description}</p>
          {requestId && (
            <p className="text-muted-foreground text-xs">
              Reference: <code className="font-mono">{requestId}</code>
            </p>
          )}
        </div>
        <button
          aria-busy={retryPending}
          className="bg-raised hover:bg-muted h-8 rounded border px-3 font-medium aria-busy:cursor-progress aria-busy:opacity-50"
          onClick={onRetry}
          type="button"
        >
          Try again
        </button>
      </div>
    </main>
  );
}
