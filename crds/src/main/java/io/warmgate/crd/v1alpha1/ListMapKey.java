package io.warmgate.crd.v1alpha1;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a list a map by these fields of its elements ({@code x-kubernetes-list-type: map}): keys
 * are unique, and several appliers can own an element each. The manifests' generator reads it.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ListMapKey {
  /** The names of the fields; each is required or has a default. */
  String[] value();
}
