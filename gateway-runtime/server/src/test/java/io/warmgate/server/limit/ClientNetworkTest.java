package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
    "fe80::1%eth0, fe80::2%eth0, true",
  })
  void whoIsOne(String one, String other, boolean same) {
    assertThat(ClientNetwork.of(one).equals(ClientNetwork.of(other))).isEqualTo(same);
  }
}
