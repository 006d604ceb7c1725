export const carrierSyncWords = {
  title: "Carrier sync",
  about: "What the carrier bills, compared with what is here. Nothing is given back or adopted by itself.",
};
