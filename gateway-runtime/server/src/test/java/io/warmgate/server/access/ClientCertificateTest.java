package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.access.AccessPod.Reply;
import io.warmgate.server.listener.Certificates;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client's certificate says who it is, by its digest. */
class ClientCertificateTest {
  private static final Certificates SERVER = Certificates.create(1);
  private static final Certificates ANN = Certificates.create(2);
  private static final Certificates STRANGER = Certificates.create(3);
  private static final String RULE =
      AccessTest.rule("'keyHeaders':['x-api-key']", "CONSUMERS", "")
          .replace("'certificates':false", "'certificates':true");

  private static AccessPod pod;
  private static String listener;

  @BeforeAll
  static void start() throws Exception {
    pod = new AccessPod();
    listener =
        "'protocol':'HTTPS','tls':{'certificate':"
            + pod.value(SERVER.certificate().getBytes(US_ASCII))
            + ",'privateKey':"
            + pod.value(SERVER.key().getBytes(US_ASCII))
            + "}";
    serve(RULE);
  }

  private static void serve(String rule) throws Exception {
    String access =
        "{'consumers':[{'id':'t/ann','certificates':['"
            + HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256").digest(certificate(ANN).getEncoded()))
            + "']},{'id':'t/bob','keys':[{'sha256':'"
            + AccessTest.sha256("key-bob")
            + "'}]}]}";
    pod.serve(access, rule, AccessTest.BY_CONSUMER, listener, "");
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  private static X509Certificate certificate(Certificates of) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(of.certificate().getBytes(US_ASCII)));
  }

  /** A client with that certificate; null: with none. */
  private static SSLContext client(@Nullable Certificates own) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    if (own != null) {
      String pem = own.key().replaceAll("-----[A-Z ]+-----", "");
      store.setKeyEntry(
          "own",
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))),
          new char[0],
          new Certificate[] {certificate(own)});
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {new Anybody()}, null);
    return context;
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static Reply get(@Nullable Certificates own, String path, String... fields)
      throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            client(own)
                .getSocketFactory()
                .createSocket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(AccessPod.request("GET", path, fields).getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new Reply(new String(socket.getInputStream().readAllBytes(), US_ASCII));
    }
  }

  @Test
  void aCertificateGetsItsConsumerInAndAnothersNobody() throws Exception {
    assertThat(get(ANN, "/c").status()).isEqualTo(200);
    assertThat(get(ANN, "/c").isHit()).isTrue();
    assertThat(get(null, "/c").status()).as("none").isEqualTo(401);
    assertThat(get(STRANGER, "/c").status()).as("a stranger's").isEqualTo(401);
    assertThat(get(null, "/c", "X-Api-Key: key-bob").isHit()).as("another consumer").isFalse();
    assertThat(get(ANN, "/c", "X-Api-Key: key-bob").status()).as("of two").isEqualTo(401);
  }

  @Test
  void whatAClientSaysOfItsCertificateIsNotBelieved() throws Exception {
    String digest =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate(ANN).getEncoded()));
    for (String field : new String[] {"Warmgate-Handover-Certificate", "X-Client-Cert"}) {
      assertThat(get(null, "/c", field + ": " + digest).status()).isEqualTo(401);
    }
  }

  @Test
  void aListenerAsksForOneOnlyWhereARuleTakesIt() throws Exception {
    serve(RULE.replace("'certificates':true", "'certificates':false"));
    assertThat(isAsked()).isFalse();
    assertThat(get(ANN, "/d").status()).isEqualTo(401);
    serve(RULE);
    assertThat(isAsked()).isTrue();
    assertThat(get(ANN, "/d").status()).isEqualTo(200);
  }

  private static boolean isAsked() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            client(ANN)
                .getSocketFactory()
                .createSocket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.startHandshake();
      return socket.getSession().getLocalCertificates() != null;
    }
  }
}
