#include <stdio.h>

int main(void)
{
	puts("soko");
	return 0;
}
