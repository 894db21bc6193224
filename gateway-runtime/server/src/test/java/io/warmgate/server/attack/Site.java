package io.warmgate.server.attack;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Json;
import io.warmgate.server.cache.Pod;
import io.warmgate.server.listener.Raw;
import io.warmgate.server.listener.RawOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A gateway with its cache before one origin; both speak what a test tells them, to the byte. */
final class Site implements AutoCloseable {
  static final String HOST = "shop.example.com";

  /** A policy that changes nothing: the origin's headers decide. */
  static final String HONOR = policy("'mode':'ALL','names':[]", "");

  final RawOrigin origin;
  final Pod pod = new Pod();
  private volatile RawOrigin.Script script;

  Site() {
    script = (_, _, connection) -> connection.close();
    origin = new RawOrigin((count, head, connection) -> script.answer(count, head, connection));
    serve(HONOR);
  }

  /** What an origin answers to a request's head. */
  interface Answering {
    String answer(String head) throws IOException;
  }

  void answers(Answering answering) {
    script = (_, head, connection) -> connection.send(answering.answer(head));
  }

  void script(RawOrigin.Script newScript) {
    script = newScript;
  }

  /**
   * @param query of the key, as JSON in single quotes
   * @param headers of the key, so too
   */
  static String policy(String query, String headers) {
    return "{'query':{"
        + query
        + "},'headers':["
        + headers
        + "],'tags':{'fromHeaders':['surrogate-key'],'add':[]}"
        + ",'maxUnverifiedMillis':30000,'onLogLoss':'SERVE'}";
  }

  /** Everything under one policy. */
  Site serve(String policy) {
    return serve(policy, "");
  }

  /**
   * @param trusted CIDR blocks in single quotes
   */
  Site serve(String policy, String trusted) {
    return serve(policy, trusted, 0);
  }

  /**
   * @param backendMillis how long a backend may take to begin its answer; 0: for ever
   */
  Site serve(String policy, String trusted, long backendMillis) {
    String json =
        """
        {'gateway':{'namespace':'test','name':'edge','uid':'uid-1'},
         'listeners':[{'name':'http','port':80,'bindPort':PORT,'protocol':'HTTP',
                       'trustedProxies':[TRUSTED]}],
         'routes':[{'id':'test/all','listeners':['http'],'hostnames':[],'rules':[
           {'id':'account','matches':[{'path':{'type':'PREFIX','value':'/uncached'},
                                   'headers':[],'queryParams':[]}],
            'filters':[],'backends':[{'backend':'origin','weight':1,'generation':'g1'}],
            'timeouts':{'requestMillis':0,'backendRequestMillis':0},
            'retry':{'attempts':0,'backoffMillis':0}},
           {'id':'all','matches':[{'path':{'type':'PREFIX','value':'/'},
                                   'headers':[],'queryParams':[]}],
            'filters':[],'backends':[{'backend':'origin','weight':1,'generation':'g1'}],
            'timeouts':{'requestMillis':0,'backendRequestMillis':BACKEND},
            'retry':{'attempts':0,'backoffMillis':0},
            'cache':POLICY}]}],
         'backends':[{'id':'origin',
           'target':{'kind':'Service','key':'test/origin:1','host':'127.0.0.1','port':ORIGIN},
           'loadBalancing':{'policy':'LEAST_REQUEST'},
           'ejection':{'consecutiveFailures':0,'durationMillis':0},
           'limits':{'queueSize':0,'queueTimeoutMillis':0}}],
         'cache':{'localMaxBytes':16777216},
         'limits':{'maxHeaderBytes':16384,'maxBodyBytes':0,'headerTimeoutMillis':10000,
                   'idleTimeoutMillis':60000,'maxConnections':10000},
         'telemetry':{'accessLog':false}}
        """
            .replace("PORT", Integer.toString(pod.port))
            .replace("ORIGIN", Integer.toString(origin.port()))
            .replace("TRUSTED", trusted)
            .replace("BACKEND", Long.toString(backendMillis))
            .replace("POLICY", policy)
            .replace('\'', '"');
    pod.take(Json.read(json.getBytes(StandardCharsets.UTF_8), GatewayConfig.class));
    return this;
  }

  /** Bytes as they are; everything that comes back until the gateway closes. */
  String raw(String bytes) {
    return Raw.exchange(pod.port, bytes);
  }

  /** A plain request of a browser. */
  Answer get(String target, String... fields) {
    return ask("GET", target, fields);
  }

  Answer ask(String method, String target, String... fields) {
    return new Answer(raw(request(method, target, fields)));
  }

  static String request(String method, String target, String... fields) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (List.of(fields).stream().noneMatch(f -> f.toLowerCase(Locale.ROOT).startsWith("host:"))) {
      head.append("Host: " + HOST + "\r\n");
    }
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return head.append("Connection: close\r\n\r\n").toString();
  }

  /** The request lines that the origin saw. */
  List<String> asked() {
    return origin.heads.stream().map(head -> head.substring(0, head.indexOf('\r'))).toList();
  }

  /** An answer that may be kept for a minute. */
  static String kept(String body, String... fields) {
    return answer(200, body, List.of(fields), "Cache-Control: max-age=60");
  }

  static String answer(int status, String body, List<String> fields, String more) {
    return "HTTP/1.1 "
        + status
        + " X\r\n"
        + (fields.isEmpty() ? "" : String.join("\r\n", fields) + "\r\n")
        + (more.isEmpty() ? "" : more + "\r\n")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Override
  public void close() {
    pod.close();
    origin.close();
  }
}
