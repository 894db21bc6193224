package io.warmgate.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.kube.FreePort;
import io.warmgate.operator.identity.AdminCertificate;
import io.warmgate.operator.snapshot.RedisServer.Reach;
import io.warmgate.operator.translate.RedisAddress;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis ({@code redis-server} on the PATH, built with TLS), looked at by TLS. */
class RedisProbeIT {
  private static final String NAME = "redis.test";

  private final AdminCertificate server = AdminCertificate.mint(List.of(NAME), Instant.now());
  private final List<RedisServer> servers = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() throws IOException {
    for (RedisServer each : servers) {
      each.stop();
    }
  }

  /** Its TLS port. */
  private int serve(String... settings) throws IOException {
    int port = FreePort.onLoopback();
    var builder =
        RedisServer.newRedisServer()
            .executableProvider(ExecutableProvider.newExecutableInPath("redis-server"))
            .port(FreePort.onLoopback())
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("tls-port " + port)
            .setting("tls-cert-file " + file("server.crt", server.certificatePem()))
            .setting("tls-key-file " + file("server.key", server.privateKeyPem()));
    for (String setting : settings) {
      builder.setting(setting);
    }
    RedisServer started = builder.build();
    started.start();
    servers.add(started);
    return port;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Reach look(int port, @Nullable ProbeTls tls) {
    return RedisProbe.look(new ProbeTarget(new RedisAddress("127.0.0.1", port), null, null, tls))
        .reach();
  }

  private ProbeTls trusting(String name) {
    return new ProbeTls(name, server.certificatePem(), null, null);
  }

  @Test
  void chainAndNameAreChecked() throws IOException {
    int port = serve("tls-auth-clients no", "tls-ca-cert-file " + folder.resolve("server.crt"));
    assertThat(look(port, trusting(NAME))).isEqualTo(Reach.ANSWERS);
    assertThat(look(port, trusting("other.test"))).isEqualTo(Reach.OTHER_NAME);
    String other = AdminCertificate.mint(List.of(NAME), Instant.now()).certificatePem();
    assertThat(look(port, new ProbeTls(NAME, other, null, null))).isEqualTo(Reach.UNTRUSTED);
    assertThat(look(port, new ProbeTls(NAME, null, null, null))).isEqualTo(Reach.UNTRUSTED);
  }

  @Test
  void aClientCertificateIsShownAndOneThatIsMissingIsTold() throws Exception {
    AdminCertificate client = client();
    int port = serve("tls-ca-cert-file " + file("client.crt", client.certificatePem()));
    assertThat(look(port, trusting(NAME))).isEqualTo(Reach.ASKS_CERTIFICATE);
    ProbeTls showing =
        new ProbeTls(
            NAME, server.certificatePem(), client.certificatePem(), client.privateKeyPem());
    assertThat(look(port, showing)).isEqualTo(Reach.ANSWERS);
  }

  @Test
  void aPortWithoutTlsIsTold() throws IOException {
    serve("tls-auth-clients no", "tls-ca-cert-file " + folder.resolve("server.crt"));
    assertThat(look(servers.getFirst().ports().getFirst(), trusting(NAME))).isEqualTo(Reach.NO_TLS);
  }

  private static AdminCertificate client() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=client");
    Instant now = Instant.now();
    return new AdminCertificate(
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.TWO,
                        Date.from(now.minusSeconds(60)),
                        Date.from(now.plusSeconds(3_600)),
                        name,
                        pair.getPublic())
                    .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))),
        pair.getPrivate());
  }
}
