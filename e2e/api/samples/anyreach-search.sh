curl "https://api.anyreach.ai/core/managed-accounts/{managed_account_id}/search-numbers?area_code=415&country_code=US&phone_number_type=local&voice_enabled=true" \
  -H "Authorization: Bearer <token>" \
  -H "X-Anyreach-Org: <organization_id>"
