package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Json;
import io.warmgate.config.ValueRef;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.server.FreePort;
import io.warmgate.server.PreviewToken;
import io.warmgate.server.Settings;
import io.warmgate.server.Values;
import io.warmgate.server.cache.HttpCache;
import io.warmgate.server.cache.log.GatewayLog;
import io.warmgate.server.exchange.Elsewhere;
import io.warmgate.server.limit.Limits;
import io.warmgate.server.listener.DataplaneSettings;
import io.warmgate.server.listener.Doors;
import io.warmgate.server.listener.GatewayVertx;
import io.warmgate.server.listener.ListeningDataplane;
import io.warmgate.server.listener.Raw;
import io.warmgate.server.listener.RawOrigin;
import io.warmgate.server.listener.Steps;
import io.warmgate.server.telemetry.AccessLog;
import io.warmgate.server.telemetry.PodMetrics;
import io.warmgate.server.telemetry.RequestMetrics;
import io.warmgate.server.telemetry.RequestTelemetry;
import io.warmgate.server.upstream.EndpointDirectory;
import io.warmgate.server.warm.PodWarming;
import io.warmgate.server.warm.WarmCounts;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A gateway whose rule asks for callers, before an origin that says whom it was told of. */
final class AccessPod implements AutoCloseable {
  static final String HOST = "shop.example.com";
  static final String ROUTE = "test/all";

  final int port = FreePort.onLoopback();
  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  final TakenBack revoked = new TakenBack();
  final AuthCounts counts = new AuthCounts();
  final RawOrigin origin;
  final HttpCache cache;
  final PodMetrics metrics;
  private final Map<String, byte[]> values = new HashMap<>();
  private final Vertx vertx;
  private final AccessLog accessLog;
  private final RequestTelemetry telemetry;
  private final ListeningDataplane dataplane;
  private final PodWarming warming;
  private final Limits limits;
  private volatile RawOrigin.Script script = (_, _, connection) -> connection.close();
  private long revision;

  /** What a test takes back. */
  static final class TakenBack implements Revoked {
    final java.util.Set<String> all = ConcurrentHashMap.newKeySet();

    @Override
    public boolean key(String sha256) {
      return all.contains(sha256);
    }

    @Override
    public boolean consumer(String id) {
      return all.contains(id);
    }

    @Override
    public boolean grant(String consumerId, String route) {
      return all.contains(consumerId + " " + route);
    }
  }

  AccessPod() {
    origin = new RawOrigin((count, head, connection) -> script.answer(count, head, connection));
    Doors doors = new Doors();
    vertx = GatewayVertx.create(doors, 2, null);
    RequestMetrics requests = new RequestMetrics();
    accessLog = new AccessLog(log, 65_536).start();
    telemetry = new RequestTelemetry(settings(), requests, accessLog);
    cache = new HttpCache(vertx, new GatewayLog(vertx, "uid-1", () -> 0), telemetry);
    limits = new Limits(vertx, "uid-1", "pod", () -> 1);
    dataplane =
        new ListeningDataplane(
            vertx,
            doors,
            new DataplaneSettings(InetAddress.ofLiteral("127.0.0.1"), true, 2, 9443),
            new EndpointDirectory(vertx, () -> true),
            new Steps(
                    cache,
                    telemetry,
                    new PreviewToken(),
                    Elsewhere.Maker.NONE,
                    new AccessParts(revoked, counts))
                .limitedBy(limits));
    metrics = new PodMetrics(requests, accessLog);
    metrics.access(counts);
    warming = new PodWarming(vertx, dataplane::served, cache, new WarmCounts());
    says("Cache-Control: max-age=60");
  }

  private static Settings.Pod settings() {
    return new Settings.Pod("pod", "shop", "pod-uid", "127.0.0.1");
  }

  /** The origin tells whom it was told of, with these fields. */
  AccessPod says(String... fields) {
    script =
        (count, head, connection) -> {
          String body = "%d of %s".formatted(count, RawOrigin.field(head, "x-user"));
          connection.send(
              "HTTP/1.1 200 OK\r\n"
                  + String.join("\r\n", fields)
                  + "\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
        };
    return this;
  }

  void script(RawOrigin.Script other) {
    script = other;
  }

  /** A value that the configuration may name. */
  String value(byte[] content) {
    String fingerprint = "%064x".formatted(values.size() + 1);
    values.put(fingerprint, content);
    return "{'name':'test/value','fingerprint':'" + fingerprint + "'}";
  }

  /**
   * Serves.
   *
   * @param access of the gateway, as JSON in single quotes
   * @param rule what the rule asks of callers, so too
   * @param keyParts of the policy, so too
   */
  AccessPod serve(String access, String rule, String keyParts) {
    return serve(access, rule, keyParts, "'protocol':'HTTP'", "");
  }

  AccessPod serve(String access, String rule, String keyParts, String listener, String headers) {
    String json =
        """
        {'gateway':{'namespace':'test','name':'edge','uid':'uid-1'},
         'listeners':[{'name':'http','port':80,'bindPort':PORT,LISTENER,'trustedProxies':[]}],
         'routes':[{'id':'ROUTE','listeners':['http'],'hostnames':[],'rules':[
           {'id':'all','matches':[{'path':{'type':'PREFIX','value':'/'},
                                   'headers':[],'queryParams':[]}],
            'filters':[{'type':'CORS','allowOrigins':['https://web.example.com'],
                        'allowCredentials':false,'allowMethods':['GET'],
                        'allowHeaders':['authorization'],'exposeHeaders':[],'maxAgeSeconds':5}],
            'backends':[{'backend':'origin','weight':1,'generation':'g1'}],
            'timeouts':{'requestMillis':0,'backendRequestMillis':0},
            'retry':{'attempts':0,'backoffMillis':0},
            'access':RULE,
            'cache':{'query':{'mode':'ALL','names':[]},'headers':[HEADERS],
                     'tags':{'fromHeaders':['surrogate-key'],'add':[]},
                     'maxUnverifiedMillis':30000,'onLogLoss':'SERVE',
                     'options':{'keyParts':KEYPARTS}}}]}],
         'backends':[{'id':'origin',
           'target':{'kind':'Service','key':'test/origin:1','host':'127.0.0.1','port':ORIGIN},
           'loadBalancing':{'policy':'LEAST_REQUEST'},
           'ejection':{'consecutiveFailures':0,'durationMillis':0},
           'limits':{'queueSize':0,'queueTimeoutMillis':0}}],
         'cache':{'localMaxBytes':16777216},
         'limits':{'maxHeaderBytes':131072,'maxBodyBytes':0,'headerTimeoutMillis':10000,
                   'idleTimeoutMillis':60000,'maxConnections':10000},
         'telemetry':{'accessLog':true},
         'access':ACCESS}
        """
            .replace("KEYPARTS", keyParts)
            .replace("PORT", Integer.toString(port))
            .replace("LISTENER", listener)
            .replace("ORIGIN", Integer.toString(origin.port()))
            .replace("HEADERS", headers)
            .replace("ROUTE", ROUTE)
            .replace("RULE", rule)
            .replace("ACCESS", access)
            .replace('\'', '"');
    GatewayConfig config = Json.read(json.getBytes(UTF_8), GatewayConfig.class);
    await(dataplane.take(config, given()));
    cache.use(config.cache(), given());
    limits.use(config, given());
    telemetry.configure(++revision, config);
    warming.taken(config);
    return this;
  }

  private Values given() {
    return (ValueRef reference) ->
        Objects.requireNonNull(values.get(reference.fingerprint()), reference.name());
  }

  Reply get(String path, String... fields) {
    return ask("GET", path, fields);
  }

  Reply ask(String method, String path, String... fields) {
    return new Reply(Raw.exchange(port, request(method, path, fields)));
  }

  static String request(String method, String path, String... fields) {
    StringBuilder head =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + HOST + "\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return head.append("Connection: close\r\n\r\n").toString();
  }

  /** What a client read. */
  record Reply(String text) {
    int status() {
      return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    String field(String name) {
      return RawOrigin.field(text.substring(0, text.indexOf("\r\n\r\n")), name);
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    boolean isHit() {
      return field("cache-status").startsWith("warmgate; hit");
    }
  }

  /** What it was asked most for. */
  HotRequests hot() {
    Promise<HotRequests> done = Promise.promise();
    vertx.runOnContext(_ -> warming.hot(ROUTE, 10).onComplete(done));
    return await(done.future());
  }

  /** Counts of an outcome. */
  long counted(String outcome) {
    return Objects.requireNonNull(counts.all().get(outcome), outcome).sum();
  }

  /** Everything that the pod said of what it did: the access log and the metrics. */
  String told() {
    accessLog.close();
    return log.toString(UTF_8) + metrics.scrape();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    warming.close();
    limits.close();
    cache.close();
    await(dataplane.close(Duration.ofMillis(1)));
    await(vertx.close());
    origin.close();
  }
}
