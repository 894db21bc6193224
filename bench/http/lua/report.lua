-- Says what happened as one line of JSON. The arguments after the URL: how many different paths are asked for, how many
-- milliseconds a connection waits between an answer and its next request, what is posted (1KiB, or a file; empty: nothing
-- is), and where POSTs have idempotency keys, what these begin with and how many there are in turns (0: each is another).
local paths = 1
local requests = {}
local next = 0

function init(args)
  paths = tonumber(args[1] or "1")
  local pause = tonumber(args[2] or "0")
  if pause > 0 then
    function delay()
      return pause
    end
  end
  if paths > 1 then
    for i = 1, paths do
      requests[i] = wrk.format("GET", wrk.path .. i)
    end
    -- A stride that is prime to the number of paths: every path comes, neighbours do not.
    function request()
      next = (next + 7919) % paths
      return requests[next + 1]
    end
  end
  local content = args[3] or ""
  if content ~= "" then
    wrk.method = "POST"
    if content == "1KiB" then
      wrk.body = string.rep("x", 1024)
    else
      wrk.body = assert(io.open(content)):read("*a")
      wrk.headers["Content-Type"] = "application/json"
    end
    if args[4] then
      keyed(args[4], tonumber(args[5]))
    end
  end
end

function keyed(prefix, keys)
  local function post(number)
    return wrk.format(nil, nil, { ["Host"] = wrk.headers["Host"], ["Idempotency-Key"] = prefix .. "-" .. number })
  end
  for i = 1, keys do
    requests[i] = post(i)
  end
  function request()
    next = next + 1
    if keys > 0 then
      return requests[next % keys + 1]
    end
    return post(next)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nREPORT {"requests": %d, "micros": %d, "bad": %d, "broken": %d, "p50": %d, "p99": %d, "p999": %d}\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
