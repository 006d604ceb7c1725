curl -X POST "https://api.anyreach.ai/core/managed-accounts/{managed_account_id}/purchase-number" \
  -H "Authorization: Bearer <token>" \
  -H "X-Anyreach-Org: <organization_id>" \
  -H "Content-Type: application/json" \
  -d '{ "phone_number": "+14155550123" }'
