package io.warmgate.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRuleTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,              true,  true",
    "192.168.1.1,           true,  true",
    "93.184.216.34,         true,  true",
    "2001:db8::1,           true,  true",
    "127.0.0.1,             false, true",
    "127.8.9.10,            false, true",
    "::1,                   false, true",
    "::ffff:127.0.0.1,      false, true",
    "169.254.169.254,       false, true",
    "::ffff:169.254.169.254,false, true",
    "fe80::1,               false, true",
    "0.0.0.0,               false, false",
    "::,                    false, false",
    "224.0.0.1,             false, false",
    "ff02::1,               false, false",
  })
  void lets(String address, boolean strict, boolean onOneMachine) throws Exception {
    InetAddress parsed = InetAddress.ofLiteral(address);
    assertThat(AddressRule.STRICT.refuses(parsed).isEmpty()).isEqualTo(strict);
    assertThat(AddressRule.LOOPBACK_ALLOWED.refuses(parsed).isEmpty()).isEqualTo(onOneMachine);
  }
}
