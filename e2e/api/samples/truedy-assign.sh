# Assign for outbound (agent places calls from this number)
curl -X POST https://api.truedy.ai/api/public/v1/telephony/numbers/assign \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "number_id": "NUMBER_UUID",
    "agent_id": "AGENT_UUID",
    "assignment_type": "outbound"
  }'

# Also assign for inbound (agent receives calls on this number)
curl -X POST https://api.truedy.ai/api/public/v1/telephony/numbers/assign \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "number_id": "NUMBER_UUID",
    "agent_id": "AGENT_UUID",
    "assignment_type": "inbound"
  }'
