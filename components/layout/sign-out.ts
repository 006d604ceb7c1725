"use client";

import { signOut } from "next-auth/react";

/** A full page load on purpose: nothing of the session may stay in the query cache. */
export async function signOutAndLeave() {
  await signOut({ redirect: false });
  window.location.assign("/sign-in");
}
