package io.warmgate.server.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Json;
import io.warmgate.config.ValueRef;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.server.TestConfigs;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueStoreTest {
  private static final ValueRef OTHER = new ValueRef("shop/other/ca", "cd".repeat(32));
  private static final byte[] SECRET = "hunter2".getBytes(StandardCharsets.UTF_8);
  @TempDir private Path mounted;

  @Test
  void whatIsServedKeepsItsValuesAndTheRestIsReplaced() {
    ValueStore store = new ValueStore(mounted);
    GatewayConfig served = TestConfigs.naming(TestConfigs.PASSWORD, 8080);
    store.push(values(TestConfigs.PASSWORD), null);
    store.push(values(OTHER), served);
    assertThat(store.value(TestConfigs.PASSWORD)).isEqualTo(SECRET);
    assertThat(store.value(OTHER)).isEqualTo(SECRET);
    store.push(new SecretValues(Map.of()), served);
    assertThatThrownBy(() -> store.value(OTHER)).hasMessage("values lacks shop/other/ca");
  }

  @Test
  void aKeyThatIsNoFingerprintChangesNothing() {
    ValueStore store = new ValueStore(mounted);
    store.push(values(OTHER), null);
    assertThatThrownBy(() -> store.push(new SecretValues(Map.of("../../etc/passwd", SECRET)), null))
        .hasMessageStartingWith("values has a key");
    assertThat(store.value(OTHER)).isEqualTo(SECRET);
  }

  @Test
  void printsNoValue() throws Exception {
    Files.write(mounted.resolve(OTHER.fingerprint()), SECRET);
    ValueStore store = new ValueStore(mounted);
    store.push(values(TestConfigs.PASSWORD), null);
    assertThat(store.toString()).contains("abab").doesNotContain("hunter2");
  }

  /** Walks the records: a new place for a value that is not collected fails here. */
  @Test
  void everyReferenceOfTheContractIsCollected() throws Exception {
    Path sample =
        Path.of(System.getProperty("warmgate.root", "."))
            .resolve("gateway-runtime/config/src/test/resources/format-1/everything.json");
    GatewayConfig everything = Json.read(Files.readAllBytes(sample), GatewayConfig.class);
    Set<ValueRef> found = new HashSet<>();
    walk(everything, found);
    assertThat(found).hasSizeGreaterThan(3);
    assertThat(ValueRefs.of(everything)).containsExactlyInAnyOrderElementsOf(found);
  }

  private static void walk(@Nullable Object value, Set<ValueRef> found) throws Exception {
    if (value instanceof ValueRef ref) {
      found.add(ref);
    } else if (value instanceof List<?> list) {
      for (Object element : list) {
        walk(element, found);
      }
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        walk(component.getAccessor().invoke(value), found);
      }
    }
  }

  private static SecretValues values(ValueRef ref) {
    return new SecretValues(Map.of(ref.fingerprint(), SECRET));
  }
}
