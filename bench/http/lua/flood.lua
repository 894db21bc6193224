-- Bearer tokens of which each is another: the arguments after the URL are one token, how many milliseconds a connection
-- waits between an answer and its next request, and the first one's number. Says what was answered as one line of JSON.
local head, tail, pause
local sent
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local signature = args[1]:find("%.[^.]*$")
  head = "Bearer " .. args[1]:sub(1, signature)
  tail = args[1]:sub(signature + 9)
  pause = tonumber(args[2])
  sent = tonumber(args[3])
  unauthenticated = 0
  unavailable = 0
end

function delay()
  return pause
end

function request()
  sent = sent + 1
  return wrk.format("GET", nil, { ["Host"] = wrk.headers["Host"], ["Authorization"] = head .. string.format("%08d", sent) .. tail })
end

function response(status)
  if status == 401 then
    unauthenticated = unauthenticated + 1
  elseif status == 503 then
    unavailable = unavailable + 1
  end
end

function done(summary)
  local refused, busy = 0, 0
  for _, thread in ipairs(threads) do
    refused = refused + thread:get("unauthenticated")
    busy = busy + thread:get("unavailable")
  end
  io.write(string.format('\nREPORT {"requests": %d, "micros": %d, "unauthenticated": %d, "unavailable": %d}\n',
    summary.requests, summary.duration, refused, busy))
end
