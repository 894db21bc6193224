package io.warmgate.server.handover;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import io.warmgate.server.exchange.Arrival;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.filter.Forwarding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head says between two pods: the client's fields, and in private ones what the
 * pod that it came to knows of it beside. They are written by pods alone: what a client calls so is
 * taken off first, and where they are read they end.
 *
 * @param listener name of the one that it came to
 * @param expects whether the client waits to be told to send its content (RFC 9110 §10.1.1)
 */
record HandedHead(String listener, Arrival arrival, boolean expects) {
  static final String TOKEN = Forwarding.PODS + "-token";

  /** In an answer: it is one to the request, and not to the handing over. */
  static final String ANSWERED = Forwarding.PODS + "-answered";

  private static final String LISTENER = Forwarding.PODS + "-listener";
  private static final String POD = Forwarding.PODS + "-pod";
  private static final String PEER = Forwarding.PODS + "-peer";
  private static final String SCHEME = Forwarding.PODS + "-scheme";
  private static final String VERSION = Forwarding.PODS + "-version";
  private static final String AUTHORITY = Forwarding.PODS + "-authority";
  private static final String CERTIFICATE = Forwarding.PODS + "-certificate";
  private static final String HOST = Forwarding.PODS + "-host";
  private static final String EXPECT = Forwarding.PODS + "-expect";

  /** Of the client's connection, or said in a private field. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "transfer-encoding",
          "http2-settings",
          "host",
          "expect");

  /** Writes the head of what is handed over; of a request whose private fields were stripped. */
  static void write(Exchange exchange, String pod, String token, MultiMap to) {
    for (Map.Entry<String, String> field : exchange.request().headers()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (!LEFT_OUT.contains(name) && !name.startsWith(":")) {
        to.add(field.getKey(), field.getValue());
      }
    }
    MultiMap headers = exchange.request().headers();
    headers.getAll("host").forEach(host -> to.add(HOST, host));
    headers.getAll("expect").forEach(expect -> to.add(EXPECT, expect));
    Arrival arrival = exchange.arrival();
    String authority = arrival.authority(exchange.request());
    if (authority != null) {
      to.set(AUTHORITY, authority);
    }
    if (arrival.certificate() != null) {
      to.set(CERTIFICATE, arrival.certificate());
    }
    to.set(TOKEN, token)
        .set(LISTENER, exchange.listener().name())
        .set(POD, pod)
        .set(PEER, arrival.peer())
        .set(SCHEME, arrival.secure() ? "https" : "http")
        .set(VERSION, arrival.version().alpnName());
  }

  /**
   * Reads the head, and leaves in {@code headers} what the client sent.
   *
   * @return null where it was not written by {@link #write}
   */
  static @Nullable HandedHead take(MultiMap headers) {
    String listener = headers.get(LISTENER);
    String pod = headers.get(POD);
    String peer = headers.get(PEER);
    HttpVersion version = version(headers.get(VERSION));
    if (listener == null || pod == null || version == null || peer == null || !isAddress(peer)) {
      return null;
    }
    Arrival arrival =
        new Arrival(
            peer,
            "https".equals(headers.get(SCHEME)),
            version,
            headers.get(CERTIFICATE),
            new Arrival.Handed(pod, headers.get(AUTHORITY)));
    List<String> hosts = headers.getAll(HOST);
    List<String> expects = headers.getAll(EXPECT);
    strip(headers);
    headers.remove("host").remove("expect");
    hosts.forEach(host -> headers.add("host", host));
    expects.forEach(expect -> headers.add("expect", expect));
    return new HandedHead(
        listener, arrival, expects.stream().anyMatch("100-continue"::equalsIgnoreCase));
  }

  /** Removes every private field, whoever wrote it. */
  static void strip(MultiMap headers) {
    for (String name : List.copyOf(headers.names())) {
      if (name.toLowerCase(Locale.ROOT).startsWith(Forwarding.PODS)) {
        headers.remove(name);
      }
    }
  }

  private static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
  }

  private static @Nullable HttpVersion version(@Nullable String alpnName) {
    for (HttpVersion version : HttpVersion.values()) {
      if (version.alpnName().equals(alpnName)) {
        return version;
      }
    }
    return null;
  }
}
