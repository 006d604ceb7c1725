import type { AgentConfig } from "@/lib/agents/schema";

type EndpointType = AgentConfig["endpoint"]["type"];

interface EndpointWords {
  name: string;
  label: string;
  placeholder: string;
  hint: string;
}

export const endpointTypes = ["sip", "websocket", "webhook"] as const satisfies readonly EndpointType[];

export const endpointWords: Record<EndpointType, EndpointWords> = {
  sip: {
    name: "SIP",
    label: "SIP address",
    placeholder: "sip:agent@example.com",
    hint: "The carrier dials this address and connects the caller.",
  },
  websocket: {
    name: "Media stream",
    label: "Media stream address",
    placeholder: "wss://agent.example.com/stream",
    hint: "The carrier streams the call's audio to this WebSocket. No query string: the carrier drops it.",
  },
  webhook: {
    name: "Webhook",
    label: "Webhook address",
    placeholder: "https://agent.example.com/voice",
    hint: "This address is asked what to do with each call.",
  },
};
