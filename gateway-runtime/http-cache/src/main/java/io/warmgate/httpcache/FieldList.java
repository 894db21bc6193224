package io.warmgate.httpcache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Immutable field lines in order, names in lower case. */
public final class FieldList implements Fields {
  /** No field lines. */
  public static final FieldList EMPTY = new FieldList(new String[0]);

  /** Name, value, name, value. */
  private final String[] lines;

  private FieldList(String[] lines) {
    this.lines = lines;
  }

  /**
   * Of names and values in turn.
   *
   * @throws IllegalArgumentException when the last name has no value
   */
  public static FieldList of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("name without value: " + namesAndValues.length + " parts");
    }
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static FieldList copyOf(Fields fields) {
    if (fields instanceof FieldList list) {
      return list;
    }
    Builder builder = builder();
    fields.forEach(builder::add);
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The lines whose (lower-case) name the predicate holds for. */
  public FieldList keep(Predicate<String> name) {
    Builder builder = builder();
    forEach(
        (n, value) -> {
          if (name.test(n)) {
            builder.add(n, value);
          }
        });
    return builder.lines.size() == lines.length ? this : builder.build();
  }

  /** How many field lines. */
  public int size() {
    return lines.length / 2;
  }

  public String name(int line) {
    return lines[2 * line];
  }

  public String value(int line) {
    return lines[2 * line + 1];
  }

  @Override
  public @Nullable String first(String name) {
    for (int i = 0; i < lines.length; i += 2) {
      if (lines[i].equalsIgnoreCase(name)) {
        return lines[i + 1];
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    List<String> values = List.of();
    for (int i = 0; i < lines.length; i += 2) {
      if (lines[i].equalsIgnoreCase(name)) {
        if (values.isEmpty()) {
          values = new ArrayList<>(2);
        }
        values.add(lines[i + 1]);
      }
    }
    return values;
  }

  @Override
  public Collection<String> names() {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    for (int i = 0; i < lines.length; i += 2) {
      names.add(lines[i]);
    }
    return names;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> line) {
    for (int i = 0; i < lines.length; i += 2) {
      line.accept(lines[i], lines[i + 1]);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldList that && Arrays.equals(lines, that.lines);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lines);
  }

  @Override
  public String toString() {
    return Arrays.toString(lines);
  }

  /** Collects lines; lower-cases their names. */
  public static final class Builder {
    private final List<String> lines = new ArrayList<>();

    private Builder() {}

    public Builder add(String name, String value) {
      lines.add(name.toLowerCase(Locale.ROOT));
      lines.add(value);
      return this;
    }

    public FieldList build() {
      return lines.isEmpty() ? EMPTY : new FieldList(lines.toArray(String[]::new));
    }
  }
}
