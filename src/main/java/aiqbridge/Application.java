package aiqbridge;
public class Application { public static void main(String[] a) {} }
