package io.warmgate.httpcache.key;

import io.warmgate.httpcache.Fields;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fields, one of them with other lines.
 *
 * @param name lower-case
 */
record FieldReplaced(Fields fields, String name, List<String> lines) implements Fields {

  @Override
  public @Nullable String first(String asked) {
    if (!name.equalsIgnoreCase(asked)) {
      return fields.first(asked);
    }
    return lines.isEmpty() ? null : lines.getFirst();
  }

  @Override
  public List<String> all(String asked) {
    return name.equalsIgnoreCase(asked) ? lines : fields.all(asked);
  }

  @Override
  public Collection<String> names() {
    return lines.isEmpty()
        ? fields.names().stream().filter(any -> !name.equalsIgnoreCase(any)).toList()
        : fields.names();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> line) {
    fields.forEach(
        (any, value) -> {
          if (!name.equalsIgnoreCase(any)) {
            line.accept(any, value);
          }
        });
    lines.forEach(value -> line.accept(name, value));
  }
}
