package io.warmgate.crd.v1alpha1;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a list a map by this field of its elements ({@code x-kubernetes-list-type: map}): keys are
 * unique, and several appliers can own an element each. The manifests' generator reads it.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ListMapKey {
  /** The name of the field; it is required or has a default. */
  String value();
}
