package io.warmgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Map<String, String> POD =
      Map.of(
          "POD_NAME", "edge-1",
          "POD_NAMESPACE", "shop",
          "POD_UID", "u1",
          "POD_IP", "10.0.0.7",
          "WARMGATE_GATEWAY_UID", "g1");

  @Test
  void aPodInACluster() {
    assertThat(Settings.of(POD))
        .isEqualTo(
            new Settings(
                new Settings.Pod("edge-1", "shop", "u1", "10.0.0.7"),
                "g1",
                "0.0.0.0",
                Path.of(""),
                null,
                false,
                null));
    assertThat(Settings.of(POD).mounted("/etc/warmgate/current"))
        .isEqualTo(Path.of("/etc/warmgate/current"));
  }

  @Test
  void aPodOnOneMachine() {
    Settings settings =
        Settings.of(
            with(
                Map.of(
                    "WARMGATE_BIND_ADDRESS", "127.0.0.9",
                    "WARMGATE_ROOT", "/tmp/pod",
                    "WARMGATE_HOSTS_FILE", "/tmp/hosts",
                    "WARMGATE_ALLOW_LOOPBACK", "true",
                    "WARMGATE_SIDE", "6f1c0aa2")));
    assertThat(settings.side()).isEqualTo("6f1c0aa2");
    assertThat(settings.bindAddress()).isEqualTo("127.0.0.9");
    assertThat(settings.hostsFile()).isEqualTo(Path.of("/tmp/hosts"));
    assertThat(settings.allowLoopback()).isTrue();
    assertThat(settings.mounted("/etc/warmgate/current"))
        .isEqualTo(Path.of("/tmp/pod/etc/warmgate/current"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POD_NAME", "POD_NAMESPACE", "POD_UID", "POD_IP", "WARMGATE_GATEWAY_UID"})
  void whatIsMissingIsNamed(String name) {
    assertThatThrownBy(() -> Settings.of(with(Map.of(name, " "))))
        .hasMessage(name + " is missing from the environment");
  }

  @ParameterizedTest
  @CsvSource({
    "POD_IP,localhost",
    "WARMGATE_BIND_ADDRESS,all",
    "WARMGATE_ALLOW_LOOPBACK,yes",
    "WARMGATE_SIDE,Blue_1"
  })
  void whatIsWrongIsNamed(String name, String value) {
    assertThatThrownBy(() -> Settings.of(with(Map.of(name, value))))
        .hasMessageStartingWith(name + " is '" + value + "'");
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(POD);
    environment.putAll(more);
    return environment;
  }
}
