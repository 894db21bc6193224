package io.warmgate.server.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {
  private static final TestAuthority AUTHORITY = new TestAuthority("authority");

  private static X509Certificate certificate(String... names) throws Exception {
    String pem = AUTHORITY.issue(names).certificate();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest(name = "{0} is of {1}: {2}")
  @CsvSource({
    "redis.example.com, redis.example.com, true",
    "REDIS.example.com, redis.Example.com, true",
    "redis.example.com., redis.example.com, true",
    "redis.example.com, example.com, false",
    "redis.example.com, *.example.com, true",
    "a.redis.example.com, *.example.com, false",
    "example.com, *.example.com, false",
    ".example.com, *.example.com, false",
    "redis.example.com, r*.example.com, false",
    "redis.example.com, *, false",
    "redis.example.com.evil.test, redis.example.com, false",
    "10.0.0.7, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.8, false",
    "fd00::1, fd00:0:0:0:0:0:0:1, true",
    "redis.example.com, 10.0.0.7, false",
  })
  void isOf(String wanted, String presented, boolean expected) throws Exception {
    assertThat(new ServerName(wanted).isOf(certificate(presented))).isEqualTo(expected);
  }

  @Test
  void anyOfSeveralNamesWillDo() throws Exception {
    X509Certificate certificate = certificate("a.test", "10.0.0.7", "b.test");
    assertThat(new ServerName("b.test").isOf(certificate)).isTrue();
    assertThat(new ServerName("10.0.0.7").isOf(certificate)).isTrue();
    assertThat(ServerName.in(certificate)).containsExactly("a.test", "10.0.0.7", "b.test");
  }

  /** Its common name is {@code issued}. */
  @Test
  void theCommonNameIsNoName() throws Exception {
    assertThat(new ServerName("issued").isOf(certificate())).isFalse();
  }

  @Test
  void anAddressThatStandsAsADnsNameIsNone() throws Exception {
    assertThat(new ServerName("10.0.0.7").isOf(certificate("*.0.0.7"))).isFalse();
  }
}
