-- Says what happened as one line of JSON. The arguments after the URL: how many different paths are asked for, how many
-- milliseconds a connection waits between an answer and its next request, whether (1) that is the mean of exponentially
-- distributed pauses, and a file whose content is posted.
local paths = 1
local requests = {}
local next = 0

function init(args)
  paths = tonumber(args[1] or "1")
  local pause = tonumber(args[2] or "0")
  local spread = args[3] == "1"
  if pause > 0 then
    function delay()
      return spread and -pause * math.log(1 - math.random()) or pause
    end
  end
  if args[4] then
    wrk.method = "POST"
    wrk.body = assert(io.open(args[4])):read("*a")
    wrk.headers["Content-Type"] = "application/json"
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
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nREPORT {"requests": %d, "micros": %d, "bad": %d, "broken": %d, "p50": %d, "p99": %d, "p999": %d}\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
