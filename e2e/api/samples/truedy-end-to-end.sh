BASE="https://api.truedy.ai/api/public/v1"
KEY="YOUR_API_KEY"

# 1. Search
curl -s -X POST "$BASE/telephony/numbers/search" \
  -H "Authorization: Bearer $KEY" \
  -H "Content-Type: application/json" \
  -d '{"country_code":"US","area_code":"212","phone_number_type":"local","page_size":5}'

# 2. Purchase (use a phone_number from step 1)
curl -s -X POST "$BASE/telephony/numbers/purchase" \
  -H "Authorization: Bearer $KEY" \
  -H "Content-Type: application/json" \
  -d '{"phone_number":"+12125550123"}'

# 3. Assign for outbound (use number id from step 2)
curl -s -X POST "$BASE/telephony/numbers/assign" \
  -H "Authorization: Bearer $KEY" \
  -H "Content-Type: application/json" \
  -d '{"number_id":"NUMBER_UUID","agent_id":"AGENT_UUID","assignment_type":"outbound"}'
