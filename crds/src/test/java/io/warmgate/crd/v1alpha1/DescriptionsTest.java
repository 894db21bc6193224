package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code kubectl explain} shows: every field says what it does. */
class DescriptionsTest {
  @Test
  void everyFieldIsDescribed() {
    Set<Class<?>> records = new LinkedHashSet<>();
    Manifests.KINDS.forEach(kind -> collect(kind.getGenericSuperclass(), records));
    assertThat(records).hasSizeGreaterThan(40).contains(PathModifier.class, InvalidationPods.class);
    assertThat(records)
        .flatMap(
            type -> Stream.of(type.getRecordComponents()).filter(c -> !isDescribed(c)).toList())
        .isEmpty();
  }

  /** The name of the field is not its description. */
  private static boolean isDescribed(RecordComponent component) {
    JsonPropertyDescription description =
        component.getAccessor().getAnnotation(JsonPropertyDescription.class);
    return description != null && description.value().matches("(?s).{10,}\\.");
  }

  private static void collect(Type type, Set<Class<?>> records) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, records));
    } else if (type instanceof Class<?> record
        && record.isRecord()
        && record != ApiDuration.class
        && records.add(record)) {
      Stream.of(record.getRecordComponents())
          .forEach(component -> collect(component.getGenericType(), records));
    }
  }
}
