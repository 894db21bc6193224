package io.warmgate.httpcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldListTest {
  private static final FieldList LIST = FieldList.of("A", "1", "b", "2", "a", "3");

  /** A server's own headers, as far as a copy asks. */
  private record Other(FieldList of) implements Fields {
    @Override
    public @Nullable String first(String name) {
      return of.first(name);
    }

    @Override
    public List<String> all(String name) {
      return of.all(name);
    }

    @Override
    public Collection<String> names() {
      return of.names();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> line) {
      of.forEach(line);
    }
  }

  @Test
  void aCopyHasEveryLine() {
    assertThat(FieldList.copyOf(new Other(LIST))).isEqualTo(LIST).isNotSameAs(LIST);
    assertThat(FieldList.copyOf(LIST)).isSameAs(LIST);
  }

  @Test
  void equalWhereLinesAndOrderAre() {
    assertThat(LIST)
        .isEqualTo(FieldList.of("a", "1", "B", "2", "a", "3"))
        .hasSameHashCodeAs(FieldList.of("a", "1", "B", "2", "a", "3"))
        .isNotEqualTo(FieldList.of("a", "1", "a", "3", "b", "2"))
        .doesNotHaveSameHashCodeAs(FieldList.of("a", "1", "a", "3", "b", "2"))
        .isNotEqualTo("a")
        .hasToString("[a, 1, b, 2, a, 3]");
  }

  @Test
  void aNameWithoutValueIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> FieldList.of("a", "1", "b"));
  }

  @Test
  void bytesShowTheirNumberAndNotThemselves() {
    Bytes bytes = Bytes.of(new byte[] {1, 2});
    assertThat(bytes).hasToString("2 bytes").hasSameHashCodeAs(Bytes.of(new byte[] {1, 2}));
    assertThat(bytes)
        .isNotEqualTo(Bytes.of(new byte[] {2, 1}))
        .doesNotHaveSameHashCodeAs(Bytes.of(new byte[] {2, 1}));
  }
}
