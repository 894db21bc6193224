package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.warmgate.config.ConfigException;
import io.warmgate.server.listener.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Issuers and services behind TLS whose authority is the user's own. */
class PrivateAuthorityTest {
  private static final Authority OWN = new Authority("own");
  private static final Authority OTHER = new Authority("other");
  private static final Signing SIGNING = Signing.of("ES256", "k1");
  private static final AtomicInteger PATHS = new AtomicInteger();

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private AccessPod pod;
  private HttpsServer server;

  /** Who is asked. */
  enum Asked {
    JWKS,
    INTROSPECTION,
    EXTERNAL
  }

  @BeforeEach
  void start() throws IOException {
    pod = new AccessPod();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(OWN.server().served()));
    answers("/keys", new String(Signing.published(SIGNING), UTF_8));
    answers("/introspect", "{\"active\":true,\"org\":\"ann\",\"sub\":\"ann\"}");
    answers("/decide", "");
    server.start();
  }

  private void answers(String path, String body) {
    server.createContext(
        path,
        exchange -> {
          asked.add(path);
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
    pod.close();
  }

  /** As JSON; null: the system's authorities. */
  private String trusting(byte @Nullable [] bundle) {
    return bundle == null ? "" : ",'certificateAuthority':" + pod.value(bundle);
  }

  private String url(String host, String path) {
    return "'url':'https://" + host + ":" + server.getAddress().getPort() + path + "'";
  }

  private int status(Asked who, String host, byte @Nullable [] bundle) {
    String trusted = trusting(bundle);
    String external = "";
    String keys = "{'type':'given','value':" + pod.value(Signing.published(SIGNING)) + "}";
    String access = AccessTest.access("{}").replace("{'type':'given','value':{}}", keys);
    String credential =
        "Authorization: Bearer " + SIGNING.token("ann", claims -> claims.claim("org", "ann"));
    String takes = "'issuers':['idp']";
    switch (who) {
      case JWKS ->
          access =
              access.replace(
                  keys,
                  "{'type':'fetched',"
                      + url(host, "/keys")
                      + ",'refreshMillis':600000,'maxStaleMillis':3600000"
                      + trusted
                      + "}");
      case INTROSPECTION -> {
        access =
            access
                .replace(
                    "'clockSkewMillis':1000}]",
                    "'clockSkewMillis':1000},{'name':'opaque','audiences':[],'algorithms':[],"
                        + "'clockSkewMillis':0,'introspection':{"
                        + url(host, "/introspect")
                        + ",'clientId':'shop','clientSecret':"
                        + pod.value("secret".getBytes(UTF_8))
                        + ",'timeoutMillis':2000,'maxCachedMillis':60000"
                        + trusted
                        + "}}]")
                .replace("{'issuer':'idp'", "{'issuer':'opaque'");
        takes = "'issuers':['opaque']";
        credential = "Authorization: Bearer opaque-" + PATHS.incrementAndGet();
      }
      case EXTERNAL ->
          external =
              ",'external':{"
                  + url(host, "/decide")
                  + ",'timeoutMillis':2000,'maxCachedMillis':0"
                  + trusted
                  + "}";
    }
    pod.serve(access, AccessTest.rule(takes, "GRANTED", external), AccessTest.SHARED);
    return pod.get("/private/" + PATHS.incrementAndGet(), credential).status();
  }

  @ParameterizedTest
  @EnumSource(Asked.class)
  void whoeverIsAskedIsTrustedByItsOwnAuthorityAlone(Asked who) {
    assertThat(status(who, "localhost", OWN.bundle())).isEqualTo(200);
    assertThat(status(who, "localhost", OTHER.bundle(OWN))).as("one of two").isEqualTo(200);
    int before = asked.size();
    assertThat(status(who, "localhost", OTHER.bundle())).as("another").isEqualTo(503);
    assertThat(status(who, "localhost", null)).as("the system's").isEqualTo(503);
    assertThat(status(who, "127.0.0.1", OWN.bundle())).as("another name").isEqualTo(503);
    assertThat(asked).as("nothing is sent to who is not trusted").hasSize(before);
    assertThat(status(who, "localhost", OWN.bundle())).as("again").isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Asked.class)
  void whatIsNoBundleIsRefusedAndChangesNothing(Asked who) {
    assertThat(status(who, "localhost", OWN.bundle())).isEqualTo(200);
    assertThatThrownBy(() -> status(who, "localhost", "no certificate".getBytes(UTF_8)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("certificateAuthority")
        .hasMessageContaining("test/value");
  }

  /** A redirect would be followed nowhere, with this trust or with another. */
  @Test
  void oneAuthoritysTrustIsNotAnothers() {
    assertThat(status(Asked.EXTERNAL, "localhost", OWN.bundle())).isEqualTo(200);
    assertThat(status(Asked.INTROSPECTION, "localhost", OTHER.bundle())).isEqualTo(503);
  }
}
