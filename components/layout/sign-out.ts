"use client";

/** A full page load on purpose: nothing of the session may stay in the query cache. */
export async function signOutAndLeave() {
  const { signOut } = await import("next-auth/react");
  await signOut({ redirect: false });
  window.location.assign("/sign-in");
}
