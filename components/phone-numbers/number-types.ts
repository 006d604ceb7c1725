import type { NumberType } from "@/lib/phone-numbers/schema";

export const typeNames: Record<NumberType, string> = {
  local: "Local",
  toll_free: "Toll-free",
  mobile: "Mobile",
};
