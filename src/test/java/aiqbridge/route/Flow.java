package aiqbridge.route;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The one flow file that a route test is about, without {@code .camel.yaml}: {@code redemption/execute}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Flow {
    String value();
}
