curl -X POST https://api.truedy.ai/api/public/v1/telephony/numbers/search \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "country_code": "US",
    "area_code": "415",
    "phone_number_type": "local",
    "page_size": 10
  }'
