package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.server.access.AccessPod.Reply;
import io.warmgate.server.listener.Authority;
import io.warmgate.server.listener.Authority.Issued;
import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That a listener's authorities signed a certificate says nothing of what it may call. */
class ChainedCertificateTest {
  private static final Authority OWN = new Authority("own");
  private static final Issued SERVER = new Authority("public").server();
  private static final Issued ANN = OWN.issue("ann");
  private static final Issued NOBODY = OWN.issue("nobody");

  private final AccessPod pod = new AccessPod();

  @AfterEach
  void stop() {
    pod.close();
  }

  private void serve(String mode) {
    String listener =
        "'protocol':'HTTPS','tls':{'certificate':"
            + pod.value(SERVER.certificate())
            + ",'privateKey':"
            + pod.value(SERVER.key())
            + ",'clientCertificates':{'mode':'"
            + mode
            + "','certificateAuthority':"
            + pod.value(OWN.bundle())
            + "}}";
    pod.serve(
        "{'consumers':[{'id':'t/ann','certificates':['"
            + ANN.digest()
            + "']},{'id':'t/bob','keys':[{'sha256':'"
            + AccessTest.sha256("key-bob")
            + "'}]}]}",
        AccessTest.rule(AccessTest.KEYS, "CONSUMERS", "")
            .replace("'certificates':false", "'certificates':true"),
        AccessTest.BY_CONSUMER,
        listener,
        "");
  }

  private Reply get(SSLContext client, String... fields) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            client.getSocketFactory().createSocket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(AccessPod.request("GET", "/c", fields).getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new Reply(new String(socket.getInputStream().readAllBytes(), US_ASCII));
    }
  }

  @Test
  void itsDigestStillSaysWhoItIs() throws Exception {
    serve("REQUIRED");
    assertThat(get(ANN.client()).status()).isEqualTo(200);
    assertThat(get(ANN.client()).isHit()).isTrue();
    assertThat(get(NOBODY.client()).status()).as("no consumer's").isEqualTo(401);
    assertThat(get(NOBODY.client(), "X-Api-Key: key-bob").status())
        .as("no consumer's, beside a key")
        .isEqualTo(401);
    assertThatThrownBy(() -> get(Authority.without(), "X-Api-Key: key-bob"))
        .as("a key alone")
        .isInstanceOf(IOException.class);
  }

  @Test
  void whereItIsOptionalAKeyAloneIsEnoughForTheRule() throws Exception {
    serve("OPTIONAL");
    assertThat(get(Authority.without(), "X-Api-Key: key-bob").status()).isEqualTo(200);
    assertThat(get(Authority.without()).status()).isEqualTo(401);
    assertThat(get(ANN.client()).status()).isEqualTo(200);
  }
}
